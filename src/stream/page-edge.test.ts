import { expect, test } from '@jest/globals';
import { isJsonArray, type JsonObject } from '../foundation/json.ts';
import { cutPage } from './page-edge.ts';

const tokens = {
  tokenOf: ({ sort }: JsonObject) => (isJsonArray(sort) ? sort : undefined),
  sharedTokens: true,
};

const pageOf = (...places: readonly number[]): JsonObject[] =>
  places.map((place) => ({ sort: [place, 'c'] }));

test('rows that share the last place of a page in order are left to the next page', () => {
  const rows = pageOf(1, 2, 3, 3);
  expect(cutPage(tokens, rows, () => true)).toEqual([2, 'c']);
  expect(rows).toEqual(pageOf(1, 2));
});

test('a page out of order keeps its last row, which may not come again behind the token', () => {
  const rows = pageOf(3, 1, 4, 2);
  expect(cutPage(tokens, rows, () => false)).toEqual([4, 'c']);
  expect(rows).toEqual(pageOf(3, 1, 4, 2));
});
