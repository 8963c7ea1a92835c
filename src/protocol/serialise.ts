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
 * Messages as lines of output, line feeds included.
 * Half an emoji (texts get cut anywhere) becomes U+FFFD: strict JSON readers refuse the whole line otherwise.
 */
export const serialise = (...messages: readonly AirbyteMessage[]): string => {
  let lines = '';
  for (const message of messages) lines += `${JSON.stringify(message)}\n`;
  // All lines at once: nearly none of them needs it. JSON.stringify escapes a surrogate only when its other half is missing.
  if (lines.includes('\\ud')) lines = lines.replace(EVERY_ESCAPE, replaceSurrogate);
  return LINE_BREAK.test(lines) ? lines.replace(EVERY_LINE_BREAK, escapeLineBreak) : lines;
};
