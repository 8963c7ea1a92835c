/** A text, or a number: what looks like a number in a text is none. */
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const WHOLE = /^-?\d+$/;

/** Whole numbers that strict readers take for fractions, such as 1.0; only the line shows them. */
export const numberProblems = (line: string): readonly string[] =>
  [...line.matchAll(TOKEN)]
    .map(([token]) => token)
    .filter((token) => !token.startsWith('"') && !WHOLE.test(token) && Number.isInteger(Number(token)));
