import { expect, test } from '@jest/globals';
import { progressLine, type StreamProgress } from './progress-line.ts';

const PROGRESS: StreamProgress = {
  name: 'contacts',
  locations: { ended: 0, open: 3, total: 3 },
  rows: 84_000,
  expected: 120_000,
  elapsedMs: 20_000,
  rates: { rows: 6000, requests: 24, quotaMs: 0 },
  allowedPerSecond: 10,
};

test.each<[string, Partial<StreamProgress>, string]>([
  [
    'rows of all locations are counted: what is left goes by rows',
    {},
    'contacts  0/3 locations, 84,000 of 120,000 rows, 6,000 rows/s, 24.0 requests/s, 80 % of the quota of 3 locations, 6.0 s left',
  ],
  [
    'locations are waiting: what is left goes by locations',
    { locations: { ended: 2, open: 1, total: 6 }, expected: 0, rates: { rows: 10, requests: 4, quotaMs: 0 } },
    'contacts  2/6 locations, 84,000 rows, 10 rows/s, 4.0 requests/s, 40 % of the quota of 1 location, 40 s left',
  ],
  [
    'nothing has been read: nobody knows how long it takes',
    { rows: 0, expected: 0, elapsedMs: 250, rates: { rows: 0, requests: 0, quotaMs: 0 } },
    'contacts  0/3 locations, 0 rows, 0 rows/s, 0.0 requests/s, 0 % of the quota of 3 locations',
  ],
  [
    'the quota is used up: it says that it waits',
    {
      locations: { ended: 0, open: 1, total: 1 },
      expected: 0,
      rates: { rows: 1000, requests: 11, quotaMs: 900 },
    },
    'contacts  0/1 location, 84,000 rows, 1,000 rows/s, 11.0 requests/s, 100 % of the quota of 1 location, waiting for quota',
  ],
])('%s', (_, changes, line) => {
  expect(progressLine({ ...PROGRESS, ...changes })).toBe(line);
});
