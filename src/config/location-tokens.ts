import { type Checked, checked } from './checked.ts';
import { isMasked } from './masked.ts';

interface Line {
  readonly number: number;
  readonly words: readonly string[];
}

/** What every token of a private integration begins with; found in the id's place, it tells that the two are swapped. */
export const TOKEN_PREFIX = 'pit-';
const LINE_END = /\r\n|\n|\r/;
const COMMENT = /(?:^|\s)#.*$/;
const QUOTES = /["']/g;
const SEPARATORS = /[\s=:,]+/;

const wordsOf = (line: string): readonly string[] =>
  line
    .replace(COMMENT, '')
    .replace(QUOTES, '')
    .split(SEPARATORS)
    .filter((word) => word !== '');

/** The words of each line that has any, and the line's number as an editor shows it. */
export const locationTokenLines = (text: string): readonly Line[] =>
  text
    .split(LINE_END)
    .map((line, index) => ({ number: index + 1, words: wordsOf(line) }))
    .filter(({ words }) => words.length > 0);

/** What is wrong with a line; `seenAt` has the line number of every word of the lines before. */
const lineProblem = (
  [locationId, token, ...rest]: readonly string[],
  seenAt: ReadonlyMap<string, number>,
): string | undefined => {
  if (locationId === undefined || token === undefined || rest.length > 0) {
    return 'must be a location ID, a space and its token';
  }
  if (locationId.startsWith(TOKEN_PREFIX)) return 'must have the location ID first';
  if (isMasked(token)) return 'has asterisks in place of the token; enter all lines again';
  const sameLocation = seenAt.get(locationId);
  if (sameLocation !== undefined) return `repeats the location of line ${sameLocation}`;
  const sameToken = seenAt.get(token);
  if (sameToken !== undefined)
    return `repeats the token of line ${sameToken}, but each sub-account has its own`;
  return undefined;
};

/**
 * Reads `LOCATION_ID pit-…` lines. A list of objects would be tidier, but Airbyte's form overwrites secrets in lists.
 * A line at fault is named by its number only: any of its words may be the token.
 * @returns token by location ID
 */
export const parseLocationTokens = (text: string): Checked<ReadonlyMap<string, string>> => {
  const tokens = new Map<string, string>();
  const seenAt = new Map<string, number>();
  const problems: string[] = [];
  for (const { number, words } of locationTokenLines(text)) {
    const problem = lineProblem(words, seenAt);
    if (problem !== undefined) problems.push(`credentials.location_tokens: line ${number} ${problem}`);
    for (const word of words) seenAt.set(word, number);
    const [locationId, token] = words;
    if (locationId !== undefined && token !== undefined) tokens.set(locationId, token);
  }
  if (seenAt.size === 0) problems.push('credentials.location_tokens has no line with a token');
  return checked(tokens, problems);
};
