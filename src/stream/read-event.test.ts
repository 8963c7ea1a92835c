import { expect, test } from '@jest/globals';
import { rowsOfPage, rowsOrAlive } from './read-event.ts';

test('rows that are given back are gone, and so is the page they are of', () => {
  const rows = [{ id: 'a' }];
  let isReleased = false;
  const event = rowsOfPage(rows, () => {
    isReleased = true;
  });
  expect(event.rows).toEqual([{ id: 'a' }]);
  event.release();
  expect([rows, isReleased]).toEqual([[], true]);
});

test('a page of which no row is left is a sign of life', () => {
  expect(rowsOrAlive([])).toEqual({ kind: 'alive' });
});
