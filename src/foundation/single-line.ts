/**
 * Line breaks, terminal escapes (whole, with what they ask the terminal for) and the marks that turn text around:
 * whoever reads a log would see lines that nobody wrote, or not see those that somebody did.
 */
const CONTROLS =
  // eslint-disable-next-line no-control-regex -- they are what is looked for
  /(?:\u001b\[[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069])+/g;

/** A text of anybody's as one line of a log. */
export const singleLine = (text: string): string => text.replace(CONTROLS, ' ');
