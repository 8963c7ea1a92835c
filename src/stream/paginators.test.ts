import { describe, expect, test } from '@jest/globals';
import type { PageRead } from './endpoint.ts';
import { cursorPages, numberedPages, offsetPages, pagesAfterRow } from './paginators.ts';

const page = (given: Partial<PageRead> = {}): PageRead => ({
  rows: [],
  body: {},
  offset: 0,
  pages: 1,
  ...given,
});

test('only a cursor is forgotten by the server, and only what is counted moves', () => {
  const offsets = offsetPages({ limit: 1 });
  const numbers = numberedPages({ limit: 1 });
  const cursors = cursorPages({ limit: 1 });
  const rows = pagesAfterRow({ limit: 1, tokenOf: () => undefined, parameters: () => ({}) });
  const all = [offsets, numbers, cursors, rows];
  expect(all.map(({ expires }) => expires)).toEqual([false, false, true, false]);
  expect(all.map(({ holdsPlace }) => holdsPlace)).toEqual([false, false, true, true]);
  expect(all.map(({ overlap }) => overlap > 0)).toEqual([true, false, false, false]);
});

describe('pages by offset', () => {
  test('begin at the first row, and go on where they are told, with an overlap', () => {
    const paginator = offsetPages({ limit: 100 });
    expect(paginator.first).toEqual({ limit: 100, offset: 0 });
    expect(paginator.next(page({ offset: 95 }))).toEqual({ limit: 100, offset: 95 });
    expect(paginator.overlap).toBeGreaterThan(0);
  });

  test('count by the name that the endpoint has for it', () => {
    const paginator = offsetPages({ limit: 10, offsetName: 'skip' });
    expect([paginator.first, paginator.next(page({ offset: 5 }))]).toEqual([
      { limit: 10, skip: 0 },
      { limit: 10, skip: 5 },
    ]);
  });
});

describe('pages by number', () => {
  test('begin with 1 and leave none out', () => {
    const paginator = numberedPages({ limit: 50, limitName: 'pageSize' });
    expect(paginator.first).toEqual({ pageSize: 50, page: 1 });
    expect(paginator.next(page({ pages: 1 }))).toEqual({ pageSize: 50, page: 2 });
    expect(paginator.next(page({ pages: 2 }))).toEqual({ pageSize: 50, page: 3 });
  });
});

describe('pages by cursor', () => {
  const paginator = cursorPages({ limit: 500 });

  test('go on with the cursor of the answer', () => {
    expect(paginator.first).toEqual({ limit: 500 });
    expect(paginator.next(page({ body: { nextCursor: 'abc' } }))).toEqual({ limit: 500, cursor: 'abc' });
  });

  test.each([[{}], [{ nextCursor: null }], [{ nextCursor: '' }], [null], [[]]])(
    'end with an answer like %j',
    (body) => {
      expect(paginator.next(page({ body }))).toBeUndefined();
    },
  );
});

describe('pages after a row', () => {
  const paginator = pagesAfterRow({
    limit: 2,
    tokenOf: ({ token }) => (typeof token === 'string' ? [token] : undefined),
    parameters: (limit, token) => ({ limit, ...(token !== undefined && { after: token }) }),
  });

  test('go on after the last row of the page', () => {
    expect(paginator.first).toEqual({ limit: 2 });
    const rows = [{ token: 'a' }, { token: 'b' }];
    expect(paginator.next(page({ rows }))).toEqual({ limit: 2, after: ['b'] });
  });

  test('end when there is no last row, or it names no place', () => {
    expect(paginator.next(page())).toBeUndefined();
    expect(paginator.next(page({ rows: [{ token: 'a' }, {}] }))).toBeUndefined();
  });
});
