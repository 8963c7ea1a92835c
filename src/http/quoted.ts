const LONGEST_QUOTE = 300;

/**
 * Words of a server as a message may repeat them: none of a web page, and not too many. A word is never cut in two,
 * because half of a token is not recognised as one when secrets are hidden.
 */
export const quoted = (text: string): string => {
  if (text.includes('<')) return '';
  if (text.length <= LONGEST_QUOTE) return text;
  return `${text
    .slice(0, LONGEST_QUOTE + 1)
    .replace(/\S*$/, '')
    .trimEnd()}…`;
};
