import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../foundation/json.ts';
import type { SearchKey } from './definition.ts';
import { dividePiece } from './divide-piece.ts';

const key: SearchKey = {
  column: 'at',
  field: 'at',
  valueOf: ({ at }) => (typeof at === 'number' ? at : undefined),
};
const rowsAt = (...instants: readonly (number | null)[]): JsonObject[] =>
  instants.map((at, index) => ({ id: `r${index}`, at }));

const LARGE = { total: 1000, limit: 10 };
const WORK = { key, remaining: 1000, lanes: 4 };

const divided = (
  rows: JsonObject[],
  {
    since,
    before = 10_000,
    ...given
  }: Partial<typeof LARGE & typeof WORK> & { since?: number; before?: number } = {},
) => dividePiece({ since, before }, { rows, ...LARGE, ...given }, { ...WORK, ...given });

describe('a large piece', () => {
  test('keeps what its first page holds before its last instant, and is cut from there', () => {
    const division = divided(rowsAt(1, 2, 3, 4, 4));
    expect(division?.head).toEqual({ since: undefined, before: 4 });
    expect(division?.rows.map(({ id }) => id)).toEqual(['r0', 'r1', 'r2']);
    expect(division?.parts[0]?.since).toBe(4);
    expect(division?.parts.at(-1)?.before).toBe(10_000);
  });

  test('has a part for each lane', () => {
    expect(divided(rowsAt(1, 2, 3, 4))?.parts).toHaveLength(4);
  });

  test('has parts of some 50,000 rows at most, because their ids are in memory', () => {
    expect(divided(rowsAt(1, 2, 3, 4), { total: 600_000, remaining: 600_000 })?.parts).toHaveLength(12);
  });

  test('has parts of six pages at least, because each has an end to prove', () => {
    expect(divided(rowsAt(1, 2, 3, 4), { total: 60, remaining: 60 })?.parts).toHaveLength(3);
  });

  test('has fewer rows in a part when little is left for the other lanes', () => {
    expect(divided(rowsAt(1, 2, 3, 4), { total: 100, remaining: 100_000 })).toBeUndefined();
    expect(divided(rowsAt(1, 2, 3, 4), { total: 100, remaining: 100 })).toBeDefined();
  });

  test('that begins with a page of one instant reads that instant by itself', () => {
    const division = divided(rowsAt(7, 7, 7));
    expect(division?.rows).toEqual([]);
    expect(division?.parts[0]).toEqual({ since: 7, before: 8 });
    expect(division?.parts[1]?.since).toBe(8);
  });

  test('counts by the page the server gives, where that is smaller than the one asked for', () => {
    expect(divided(rowsAt(1, 2), { total: 40, remaining: 40, limit: 100 })).toBeDefined();
  });
});

test.each([
  ['is small', rowsAt(1, 2, 3, 4), { total: 30, remaining: 30 }],
  ['does not come in order', rowsAt(1, 3, 2, 4), {}],
  ['holds rows that do not say when they were made', rowsAt(1, null, 2), {}],
  ['came with nothing', [], {}],
  ['is a single millisecond', rowsAt(7, 7, 7), { since: 7, before: 8 }],
  ['begins with a row from before it', rowsAt(1, 2), { since: 5 }],
  ['is read by one lane', rowsAt(1, 2, 3, 4), { lanes: 1 }],
])('a piece that %s stays whole', (_, rows, given) => {
  expect(divided(rows, given)).toBeUndefined();
});

test('a piece whose answer does not count stays whole', () => {
  const page = { rows: rowsAt(1, 2, 3, 4), total: undefined, limit: 10 };
  expect(dividePiece({ since: undefined, before: 10_000 }, page, WORK)).toBeUndefined();
});
