import { expect, test } from '@jest/globals';
import type { Normalise } from '../stream/normalise.ts';
import { createNewest } from './newest.ts';

const asItIs: Normalise = (row) => ({ data: row, changes: [] });

test('the latest time is remembered, whatever the order of the rows', () => {
  const newest = createNewest('at');
  const normalise = newest.watch(asItIs);
  expect(newest.value()).toBeUndefined();
  for (const at of ['2026-01-02T00:00:00.000Z', null, '2026-03-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z'])
    expect(normalise({ at }, {}).data).toEqual({ at });
  expect(newest.value()).toBe('2026-03-01T00:00:00.000Z');
});

test('without a column there is no newest row', () => {
  const newest = createNewest(undefined);
  newest.watch(asItIs)({ at: '2026-01-02T00:00:00.000Z' }, {});
  expect(newest.value()).toBeUndefined();
});
