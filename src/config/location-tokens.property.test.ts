import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anyText } from '../foundation/doubles/any-json.ts';
import { parseLocationTokens } from './location-tokens.ts';

const word = fc.string({ unit: fc.constantFrom(...'abcXYZ019-_.'), minLength: 3, maxLength: 12 });
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
      if (parsed.ok) {
        expect(parsed.value.size).toBeGreaterThan(0);
        for (const [id, token] of parsed.value)
          expect([id, token].every((text) => /^[^\s=:,"']+$/.test(text))).toBe(true);
        return;
      }
      const said = parsed.problems.map((problem) => problem.replaceAll(/line \d+/g, 'line'));
      for (const problem of said) {
        expect([
          'credentials.location_tokens has no line with a token',
          'credentials.location_tokens: line must be a location ID, a space and its token',
          'credentials.location_tokens: line must have the location ID first',
          'credentials.location_tokens: line has asterisks in place of the token; enter all lines again',
          'credentials.location_tokens: line repeats the location of line',
          'credentials.location_tokens: line repeats the token of line, but each sub-account has its own',
        ]).toContain(problem);
      }
    }),
    { numRuns: 300 },
  );
});
