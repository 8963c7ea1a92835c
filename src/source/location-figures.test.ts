import { expect, test } from '@jest/globals';
import { LocationCollector } from './location-figures.ts';

const record = (data: Readonly<Record<string, string | null>>) => ({ data, changes: [] });
const TIMES = ['2026-01-02T00:00:00.000Z', null, '2026-03-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z'];

test('the latest time of a location is remembered, whatever the order of its rows', () => {
  const location = new LocationCollector({ now: () => 0 }, 'at');
  expect(location.figures.newest).toBeUndefined();
  location.wrote(TIMES.map((at) => record({ at })));
  location.wrote([record({ at: '2026-01-05T00:00:00.000Z' })]);
  expect(location.figures).toMatchObject({ rows: 5, newest: '2026-03-01T00:00:00.000Z' });
});

test('without a column there is no newest row', () => {
  const location = new LocationCollector({ now: () => 0 }, undefined);
  location.wrote(TIMES.map((at) => record({ at })));
  expect(location.figures).toMatchObject({ rows: 4, newest: undefined });
});

test('a location tells when it was read, and what its requests cost', () => {
  let now = 1000;
  const location = new LocationCollector({ now: () => now }, undefined);
  location.meter.sent({ isRetry: false, quotaMs: 20, dailyLeft: 500 });
  expect(location.figures).toMatchObject({ startedAtMs: 1000, end: undefined });
  now = 4000;
  location.ended('cut_short');
  expect(location.figures).toMatchObject({
    ...{ startedAtMs: 1000, end: { atMs: 4000, how: 'cut_short' }, dailyLeft: 500 },
    costs: { requests: 1, retries: 0, quotaMs: 20, backoffMs: 0 },
  });
});

test('nobody knows how much is left of a location before it tells or writes something', () => {
  const location = new LocationCollector({ now: () => 0 }, undefined);
  expect(location.rowsLeft).toBeUndefined();
  location.expects(3);
  expect(location.rowsLeft).toBe(3);
  location.expects(2);
  location.wrote([record({ at: null })]);
  expect(location.rowsLeft).toBe(4);
  location.wrote(TIMES.map((at) => record({ at })));
  location.wrote(TIMES.map((at) => record({ at })));
  expect(location.rowsLeft).toBe(0);
});

test('of a location that tells nothing as much is left as has come', () => {
  const location = new LocationCollector({ now: () => 0 }, undefined);
  for (const rows of [1, 2]) {
    location.wrote([record({ at: null })]);
    expect(location.rowsLeft).toBe(rows);
  }
});
