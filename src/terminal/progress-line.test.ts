import { expect, test } from '@jest/globals';
import { paceLine, progressLine, type StreamProgress, type SyncPace } from './progress-line.ts';

const PROGRESS: StreamProgress = {
  name: 'contacts',
  locations: { ended: 0, open: 3, total: 3 },
  rows: 84_000,
  expected: 120_000,
  elapsedMs: 20_000,
  rowRate: 6000,
};

test.each<[string, Partial<StreamProgress>, string]>([
  [
    'rows of all locations are counted: what is left goes by rows',
    {},
    'contacts  0/3 locations, 84,000 of 120,000 rows, 6,000 rows/s, 6.0 s left',
  ],
  [
    'locations are waiting: what is left goes by locations',
    { locations: { ended: 2, open: 1, total: 6 }, expected: 0, rowRate: 10 },
    'contacts  2/6 locations, 84,000 rows, 10 rows/s, 40 s left',
  ],
  [
    'nothing has been read: nobody knows how long it takes',
    { rows: 0, expected: 0, elapsedMs: 250, rowRate: 0 },
    'contacts  0/3 locations, 0 rows, 0 rows/s',
  ],
])('%s', (_, changes, line) => {
  expect(progressLine({ ...PROGRESS, ...changes })).toBe(line);
});

test.each<[string, SyncPace, string]>([
  [
    'the quota is that of the locations that are being read',
    { rates: { requests: 24, quotaMs: 0 }, openLocations: 3, allowedPerSecond: 10 },
    '24.0 requests/s, 80 % of the quota of 3 locations',
  ],
  [
    'the quota is used up: it says that it waits',
    { rates: { requests: 11, quotaMs: 900 }, openLocations: 1, allowedPerSecond: 10 },
    '11.0 requests/s, 100 % of the quota of 1 location, waiting for quota',
  ],
  [
    'nothing is being read',
    { rates: { requests: 0, quotaMs: 0 }, openLocations: 0, allowedPerSecond: 10 },
    '0.0 requests/s',
  ],
])('%s', (_, pace, line) => {
  expect(paceLine(pace)).toBe(line);
});
