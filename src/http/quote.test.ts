import { expect, test } from '@jest/globals';
import { quote } from './quote.ts';

test('short words are quoted as they are', () => {
  expect(quote('x'.repeat(300))).toBe('x'.repeat(300));
});

test('long ones are cut between words', () => {
  expect(quote(`${'word '.repeat(58)}0123456789-secret`)).toBe(`${'word '.repeat(58)}…`);
});

test('nothing is quoted of a single word that is too long', () => {
  expect(quote('x'.repeat(301))).toBe('…');
});
