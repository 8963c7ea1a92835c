import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anyText } from '../foundation/doubles/any-json.ts';
import { parseLocationTokens } from './location-tokens.ts';

const word = fc.string({
  unit: fc.constantFrom('a', 'b', 'X', 'Y', '0', '9', '-', '_', '.'),
  minLength: 3,
  maxLength: 12,
});
const locationId = word.filter((text) => !text.startsWith('pit-'));
const pair = fc.tuple(
  locationId,
  word.map((text) => `pit-${text}`),
);
const pairs = fc.uniqueArray(pair, {
  minLength: 1,
  maxLength: 8,
  comparator: ([a, b], [c, d]) => a === c || b === d,
});
const separator = fc.constantFrom(' ', '\t', '=', ': ', ',', ' = ');
const lineEnd = fc.constantFrom('\n', '\r\n', '\r', '\n\n', ' # a client\n', '\n# none\n');

const PROBLEMS: ReadonlySet<string> = new Set([
  'credentials.location_tokens has no line with a token',
  'credentials.location_tokens: line must be a location ID, a space and its token',
  'credentials.location_tokens: line must have the location ID first',
  'credentials.location_tokens: line has asterisks in place of the token; enter all lines again',
  'credentials.location_tokens: line repeats the location of line',
  'credentials.location_tokens: line repeats the token of line, but each sub-account has its own',
]);

test('as many lines as were written are read, however they are written', () => {
  fc.assert(
    fc.property(pairs, separator, lineEnd, (given, between, end) => {
      const text = given.map(([id, token]) => `${id}${between}${token}`).join(end);
      expect(parseLocationTokens(text)).toEqual({ ok: true, value: new Map(given) });
    }),
  );
});

test('any text gives tokens or problems, which name lines and none of their words', () => {
  const line = fc.array(fc.oneof(word, anyText()), { maxLength: 4 }).map((words) => words.join(' '));
  fc.assert(
    fc.property(fc.array(line, { maxLength: 6 }), (lines) => {
      const parsed = parseLocationTokens(lines.join('\n'));
      const words = parsed.ok ? [...parsed.value].flat() : [];
      expect(words.filter((text) => !/^[^\s=:,"']+$/.test(text))).toEqual([]);
      const problems = parsed.ok ? [] : parsed.problems;
      expect(words.length + problems.length).toBeGreaterThan(0);
      const said = problems.map((problem) => problem.replaceAll(/line \d+/g, 'line'));
      expect(said.filter((problem) => !PROBLEMS.has(problem))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
