const LONGEST_QUOTE = 300;

/**
 * What a message repeats of somebody's words. Cut between words: the half of a token is not known for a secret any more,
 * and would be printed.
 */
export const quote = (text: string): string =>
  text.length <= LONGEST_QUOTE ? text : `${text.slice(0, LONGEST_QUOTE).replace(/\S*$/, '')}…`;
