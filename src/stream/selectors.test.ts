import { describe, expect, test } from '@jest/globals';
import { listAt, listAtOrBare, oneRow } from './selectors.ts';

const select = listAt('items');
const rows = [{ id: 'a' }];

describe('a list', () => {
  test.each([
    ['total', { total: 5 }, 5],
    ['a total of 0', { total: 0 }, 0],
    ['a list of totals', { total: [{ total: 5 }] }, 5],
    ['a list of numbers', { total: [5] }, 5],
    ['totalCount', { totalCount: 5 }, 5],
    ['meta.total', { meta: { total: 5 } }, 5],
    ['no total', {}, undefined],
    ['an empty list of totals', { total: [] }, undefined],
    ['a total that is no number', { total: 'five' }, undefined],
  ])('comes with its total: %s', (_, more, total) => {
    expect(select({ items: rows, ...more })).toEqual({ rows, total });
  });

  test.each([[{}], [{ items: null }], [{ items: { a: 1 } }], [[]], ['text'], [null]])(
    'that is not there is an error: %j',
    (body) => {
      expect(() => select(body)).toThrow('no list named "items"');
    },
  );

  test.each([[null], ['a'], [[]]])('with an element that is no row is an error: %j', (element) => {
    expect(() => select({ items: [...rows, element] })).toThrow('something that is no row');
  });
});

describe('a list that may be bare', () => {
  const either = listAtOrBare('items');

  test('is read either way', () => {
    expect(either(rows)).toEqual({ rows, total: undefined });
    expect(either({ items: rows, total: 1 })).toEqual({ rows, total: 1 });
  });

  test('is still an error when it is not there or holds something else', () => {
    expect(() => either({ others: rows })).toThrow('no list named');
    expect(() => either([null])).toThrow('something that is no row');
  });
});

describe('an answer that is one row', () => {
  test('is the row', () => {
    expect(oneRow({ id: 'a' })).toEqual({ rows: [{ id: 'a' }], total: undefined });
  });

  test.each([[null], [[]], ['text']])('is an error when it is no object: %j', (body) => {
    expect(() => oneRow(body)).toThrow('no object');
  });
});
