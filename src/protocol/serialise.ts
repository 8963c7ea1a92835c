import type { AirbyteMessage, RecordData, RecordMessage } from './messages.ts';

/** A message to be printed. */
type Printable = AirbyteMessage | RecordMessage<RecordData>;

/** Python's `splitlines`, which some harnesses read our output with, breaks a line at these; JSON leaves them raw. */
const LINE_BREAKS: readonly string[] = ['\u0085', '\u2028', '\u2029'];
const EVERY_LINE_BREAK = /[\u0085\u2028\u2029]/g;
/** Every escape is matched, so that the `u` after an escaped backslash is not taken for the beginning of one. */
const EVERY_ESCAPE = /\\(?:(ud[89a-f][0-9a-f]{2})|.)/g;
const LINE_FEED = 0x0a;
const REPLACEMENT_CHARACTER = '\ufffd';

const escapeLineBreak = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
const replaceSurrogate = (escape: string, surrogate: string | undefined): string =>
  surrogate === undefined ? escape : REPLACEMENT_CHARACTER;

/** A message as a line without its end. */
const lineOf = (message: Printable): string => {
  const line = JSON.stringify(message);
  // Nearly none needs it. JSON.stringify escapes a surrogate only when its other half is missing.
  const whole = line.includes('\\ud') ? line.replace(EVERY_ESCAPE, replaceSurrogate) : line;
  // Three searches for a character are several times faster than one for any of three.
  const isBroken = LINE_BREAKS.some((character) => whole.includes(character));
  return isBroken ? whole.replace(EVERY_LINE_BREAK, escapeLineBreak) : whole;
};

/**
 * Messages as lines of output in UTF-8, line feeds included.
 * Half an emoji (texts get cut anywhere) becomes U+FFFD: strict JSON readers refuse the whole line otherwise.
 */
export const serialise = (...messages: readonly Printable[]): Buffer => {
  // Never joined as text: that would be a copy of all of it, and with two bytes a character as soon as one line needs them.
  const lines = messages.map(lineOf);
  const output = Buffer.allocUnsafe(lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0));
  let end = 0;
  for (const line of lines) {
    end += output.write(line, end);
    end = output.writeUInt8(LINE_FEED, end);
  }
  return output;
};
