import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cursorPages, offsetPages } from './paginators.ts';
import { shareLanes } from './share-lanes.ts';

const counted = { paginator: offsetPages({ limit: 100 }) };
const byCursor = { paginator: cursorPages({ limit: 100 }) };
const unpaged = { paginator: undefined };

test.each([
  [6, 1, unpaged, { groups: 6, lists: 1, pages: 1 }],
  [6, 1, byCursor, { groups: 6, lists: 1, pages: 1 }],
  [6, 2, byCursor, { groups: 3, lists: 2, pages: 1 }],
  [6, 4, unpaged, { groups: 1, lists: 4, pages: 1 }],
  [6, 40, unpaged, { groups: 1, lists: 6, pages: 1 }],
  [6, 1, counted, { groups: 2, lists: 1, pages: 3 }],
  [6, 2, counted, { groups: 2, lists: 2, pages: 1 }],
  [1, 2, counted, { groups: 1, lists: 1, pages: 1 }],
  [6, 0, unpaged, { groups: 6, lists: 1, pages: 1 }],
])('%j requests at once, %j lists in each group', (parallel, lists, endpoint, lanes) => {
  expect(shareLanes(parallel, { lists, endpoint })).toEqual(lanes);
});

test('pages have all that is left where there is one group', () => {
  expect(shareLanes(6, { lists: 1, groups: 1, endpoint: counted })).toEqual({
    groups: 1,
    lists: 1,
    pages: 6,
  });
  expect(shareLanes(6, { lists: 2, groups: 1, endpoint: counted })).toEqual({
    groups: 1,
    lists: 2,
    pages: 3,
  });
  expect(shareLanes(6, { lists: 1, groups: 1, endpoint: unpaged })).toEqual({
    groups: 1,
    lists: 1,
    pages: 1,
  });
});

test('no more requests than there may be at once, and one at least', () => {
  const count = fc.integer({ min: 1, max: 20 });
  fc.assert(
    fc.property(count, fc.nat(50), fc.boolean(), (parallel, lists, isCounted) => {
      const lanes = shareLanes(parallel, { lists, endpoint: isCounted ? counted : unpaged });
      expect(lanes.groups * lanes.lists * lanes.pages).toBeLessThanOrEqual(parallel);
      for (const some of Object.values(lanes)) expect(some).toBeGreaterThanOrEqual(1);
    }),
  );
});
