import { describe, expect, test } from '@jest/globals';
import { manyRows } from './doubles/test-streams.ts';
import { createPageTally } from './page-tally.ts';
import { cursorPages, numberedPages, offsetPages } from './paginators.ts';

const byOffset = () => createPageTally(offsetPages({ limit: 10 }));
const byCursor = () => createPageTally(cursorPages({ limit: 10 }));
const byNumber = () => createPageTally(numberedPages({ limit: 10 }));

describe('where a list ends', () => {
  test('an answer without pages is the whole list', () => {
    expect(createPageTally(undefined).take(manyRows(3), undefined).verdict).toBe('end');
  });

  test('a first page that is short and holds the total is all', () => {
    expect(byOffset().take(manyRows(9), 9).verdict).toBe('end');
  });

  test.each([
    ['is full, though it holds the total', 10, 10],
    ['is short of its total', 9, 10],
    ['is short and tells no total', 9, undefined],
  ])('a first page that %s is not', (_, rows, total) => {
    expect(byOffset().take(manyRows(rows), total).verdict).toBe('more');
  });

  test('an empty page ends it', () => {
    const tally = byNumber();
    tally.take(manyRows(10), undefined);
    expect(tally.take([], undefined).verdict).toBe('end');
  });

  test('a short page in the middle does not', () => {
    const tally = byOffset();
    tally.take(manyRows(10), 30);
    expect(tally.take(manyRows(6, 5), 30).verdict).toBe('more');
  });

  test('a page of nothing but the overlap ends it', () => {
    const tally = byOffset();
    tally.take(manyRows(10), 10);
    expect(tally.take(manyRows(5, 5), 10)).toEqual({ fresh: [], verdict: 'end' });
  });

  test('a page that comes a third time is given whatever is asked for', () => {
    const tally = byOffset();
    tally.take(manyRows(10), 30);
    expect(tally.take(manyRows(10), 30).verdict).toBe('more');
    expect(tally.take(manyRows(10), 30).verdict).toBe('stuck');
  });

  test('so is one of a list whose pages are full and that tells no total', () => {
    const tally = byNumber();
    tally.take(manyRows(10), undefined);
    tally.take(manyRows(10), undefined);
    expect(tally.take(manyRows(10), undefined).verdict).toBe('stuck');
  });

  test('a page that shares nothing with the one before tells of a break, also after a page that came to nothing', () => {
    const tally = byOffset();
    tally.take(manyRows(7), 25);
    tally.take(manyRows(7), 27);
    expect(tally.take(manyRows(1, 24), 8).verdict).toBe('more');
    tally.take([], 8);
    expect(tally.isWhole()).toBe(false);
  });

  test('a page that comes a third time after others have come in order ends it, and it is not whole', () => {
    const tally = byNumber();
    tally.take(manyRows(8), undefined);
    tally.take(manyRows(8, 8), undefined);
    expect(tally.take(manyRows(8, 8), undefined).verdict).toBe('more');
    expect(tally.take(manyRows(8, 8), undefined).verdict).toBe('end');
    expect(tally.isWhole()).toBe(false);
  });

  test('an empty page where rows have been is no proof that they all came', () => {
    const tally = byOffset();
    tally.take(manyRows(9), undefined);
    expect(tally.take([], undefined).verdict).toBe('end');
    expect(tally.isWhole()).toBe(false);
  });

  test('a page of rows that came already, cut in another way, does not: rows have moved', () => {
    const tally = byNumber();
    tally.take(manyRows(10), 20);
    tally.take(manyRows(10, 10), 20);
    expect(tally.take(manyRows(10, 5), 20).verdict).toBe('more');
  });

  test('a list that fits into a page and comes again whatever is asked for has come', () => {
    const tally = byNumber();
    tally.take(manyRows(8), undefined);
    tally.take(manyRows(8), undefined);
    expect(tally.take(manyRows(8), undefined).verdict).toBe('end');
  });

  test('so has one of more rows than were asked for, and one that holds its total', () => {
    const tally = byNumber();
    tally.take(manyRows(25), undefined);
    tally.take(manyRows(25), undefined);
    expect(tally.take(manyRows(25), undefined).verdict).toBe('end');
    const counted = byNumber();
    counted.take(manyRows(10), 10);
    counted.take(manyRows(10), 10);
    expect(counted.take(manyRows(10), 10).verdict).toBe('end');
  });

  test('but not while its total says that there is more', () => {
    const tally = byNumber();
    tally.take(manyRows(8), 20);
    tally.take(manyRows(8), 20);
    expect(tally.take(manyRows(8), 20).verdict).toBe('stuck');
  });

  test('a page of nothing new that is longer than the overlap does not end it: rows have moved', () => {
    const tally = byOffset();
    tally.take(manyRows(10), undefined);
    tally.take(manyRows(10, 5), undefined);
    // Five rows were added in front.
    expect(tally.take(manyRows(10, 5), undefined).verdict).toBe('more');
    expect(tally.offset()).toBe(11);
    expect(tally.take(manyRows(10, 6), undefined).verdict).toBe('more');
    expect(tally.offset()).toBe(16);
    expect(tally.take(manyRows(10, 11), undefined).verdict).toBe('more');
    expect(tally.take(manyRows(5, 15), undefined).verdict).toBe('end');
    expect(tally.isWhole()).toBe(true);
  });
});

describe('the rows of a page', () => {
  test('are fresh once', () => {
    const tally = byOffset();
    tally.take(manyRows(10), 20);
    expect(tally.take(manyRows(10, 5), 20).fresh).toEqual(manyRows(5, 10));
    expect(tally.size()).toBe(15);
  });

  test('need an id', () => {
    expect(() => byOffset().take([{ name: 'x' }], 1)).toThrow('without an id');
  });

  test('move the offset by their number less the overlap, and by one at least', () => {
    const tally = byOffset();
    tally.take(manyRows(10), 30);
    expect(tally.offset()).toBe(5);
    tally.take(manyRows(7, 5), 30);
    expect(tally.offset()).toBe(7);
    tally.take(manyRows(2, 11), 30);
    expect(tally.offset()).toBe(8);
  });
});

describe('whether the rows are all', () => {
  test('is told by the totals', () => {
    const tally = byNumber();
    tally.take(manyRows(10), 12);
    expect(tally.isWhole()).toBe(false);
    tally.take(manyRows(2, 10), 12);
    expect(tally.isWhole()).toBe(true);
  });

  test.each([
    ['rows were deleted', 14, 12],
    ['rows were added', 12, 14],
  ])('by the smaller of the first and the last total, when %s meanwhile', (_, first, last) => {
    const tally = byCursor();
    tally.take(manyRows(10), first);
    tally.take(manyRows(1, 10), last);
    expect(tally.isWhole()).toBe(false);
    tally.take(manyRows(1, 11), last);
    expect([tally.expected(), tally.isWhole()]).toEqual([12, true]);
  });

  test('by the first total where each row that goes away hides another one', () => {
    const tally = byNumber();
    tally.take(manyRows(10), 14);
    tally.take(manyRows(2, 11), 13);
    expect([tally.expected(), tally.isWhole()]).toEqual([14, false]);
  });

  test('a page without a total does not change what is expected', () => {
    const tally = byCursor();
    tally.take(manyRows(10), 12);
    tally.take(manyRows(1, 10), undefined);
    expect(tally.isWhole()).toBe(false);
  });

  test('is told by the overlap where there are no totals', () => {
    const tally = byOffset();
    tally.take(manyRows(10), undefined);
    tally.take(manyRows(10, 9), undefined);
    expect(tally.isWhole()).toBe(true);
    tally.take(manyRows(10, 19), undefined);
    expect(tally.isWhole()).toBe(false);
  });

  // Ten rows of the first page were deleted, and make up the count of those that were skipped.
  test('is told by the overlap where there are totals too', () => {
    const tally = byOffset();
    tally.take(manyRows(10), 30);
    tally.take(manyRows(10, 15), 20);
    tally.take(manyRows(10, 20), 20);
    expect(tally.isWhole()).toBe(false);
  });
});
