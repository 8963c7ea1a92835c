import { describe, expect, test } from '@jest/globals';
import { searchKey, tokenOf } from './search-key.ts';

const key = searchKey('date_updated', 'dateUpdated', 'dateUpdated');
const at = (epochMs: number): string => new Date(epochMs).toISOString();

describe('what a row says of its place in a search', () => {
  test('is ordered by what the index says, because the row may be newer than its place', () => {
    const row = { dateUpdated: at(9000), searchAfter: [5000, 'c1'] };
    expect(key.orderOf?.(row)).toBe(5000);
    expect(key.valueOf(row)).toBe(5000);
  });

  test('claims no more than the row itself says', () => {
    expect(key.valueOf({ dateUpdated: at(3000), searchAfter: [5000, 'c1'] })).toBe(3000);
  });

  test('is what the row says where there is no number in its token', () => {
    const row = { dateUpdated: at(3000), searchAfter: [null, 'c1'] };
    expect(key.orderOf?.(row)).toBe(3000);
    expect(key.valueOf(row)).toBe(3000);
  });

  test('is nothing for a row without the key, whatever its token', () => {
    expect(key.valueOf({ searchAfter: [5000, 'c1'] })).toBeUndefined();
  });

  test('is read from numbers too', () => {
    expect(key.valueOf({ dateUpdated: 3000000 })).toBe(3000000);
  });
});

test.each([
  [{ searchAfter: [1, 'a'], sort: [2, 'b'] }, [1, 'a']],
  [{ sort: [2, 'b'] }, [2, 'b']],
  [{ sort: 'b' }, undefined],
])('the token of %j is %j', (row, token) => {
  expect(tokenOf(row)).toEqual(token);
});
