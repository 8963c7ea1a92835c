/** A code by itself: longer than a word, and nothing that only an address has. */
const CODE = /^[\w.~-]{16,}$/;

/**
 * What a person has pasted: the address that the browser ended at, its query, or the code alone. Undefined if it is none
 * of these.
 */
export const parsePasted = (line: string): URLSearchParams | undefined => {
  const text = line.trim().replace(/^["'<]+|["'>]+$/g, '');
  if (CODE.test(text)) return new URLSearchParams([['code', text]]);
  const query = text.slice(text.indexOf('?') + 1).split('#', 1)[0] ?? '';
  return /(?:^|&)(?:code|error)=/.test(query) ? new URLSearchParams(query) : undefined;
};
