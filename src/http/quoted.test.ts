import { expect, test } from '@jest/globals';
import { quoted } from './quoted.ts';

test.each([
  ['', ''],
  ['Invalid JWT', 'Invalid JWT'],
  ['x'.repeat(300), 'x'.repeat(300)],
  ['<html>sorry</html>', ''],
])('%s is quoted as it is, a page not at all', (text, expected) => {
  expect(quoted(text)).toBe(expected);
});

test('a long text ends with a whole word', () => {
  expect(quoted(`${'word '.repeat(60)}more`)).toBe(`${'word '.repeat(60).trimEnd()}…`);
});

test.each([290, 299, 300])('a token that reaches over the end (from %d) leaves nothing of itself', (from) => {
  const text = quoted(`${'-'.repeat(from - 1)} eyJhbGciOiJSUzI1NiJ9.secret`);
  expect(text).toBe(`${'-'.repeat(from - 1)}…`);
});

test('a text that is one long word is not quoted', () => {
  expect(quoted('x'.repeat(301))).toBe('…');
});
