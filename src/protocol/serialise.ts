import type { AirbyteMessage } from './messages.ts';

/** Python's `splitlines`, which some harnesses read our output with, breaks a line at these; JSON leaves them raw. */
const LINE_BREAK = /[\u0085\u2028\u2029]/;
const EVERY_LINE_BREAK = /[\u0085\u2028\u2029]/g;
/** Every escape is matched, so that the `u` after an escaped backslash is not taken for the beginning of one. */
const EVERY_ESCAPE = /\\(?:(ud[89a-f][0-9a-f]{2})|.)/g;
const REPLACEMENT_CHARACTER = '\ufffd';

const escapeLineBreak = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
const replaceSurrogate = (escape: string, surrogate: string | undefined): string =>
  surrogate === undefined ? escape : REPLACEMENT_CHARACTER;

/**
 * One message as one line of output, line feed included.
 * Half an emoji (texts get cut anywhere) becomes U+FFFD: strict JSON readers refuse the whole line otherwise.
 */
export const serialise = (message: AirbyteMessage): string => {
  let json = JSON.stringify(message);
  // JSON.stringify escapes a surrogate only when its other half is missing.
  if (json.includes('\\ud')) json = json.replace(EVERY_ESCAPE, replaceSurrogate);
  if (LINE_BREAK.test(json)) json = json.replace(EVERY_LINE_BREAK, escapeLineBreak);
  return `${json}\n`;
};
