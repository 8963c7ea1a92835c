import { expect, test } from '@jest/globals';
import { streamSummary, type StreamFigures, syncSummary } from './summary.ts';

const FIGURES: StreamFigures = {
  rows: 12_345,
  counts: { ids: 12_300, expected: 12_300 },
  locations: { total: 3, failed: 0, skipped: 0 },
  isCutShort: false,
  durationMs: 42_000,
  costs: { requests: 61, retries: 2, quotaMs: 3400, backoffMs: 0 },
  newest: '2026-05-01T10:00:00.000Z',
};

test('a stream that was read whole', () => {
  expect(streamSummary('contacts', FIGURES)).toBe(
    'contacts: 12,345 rows (12,300 ids of 12,300 that HighLevel counts) of 3 locations in 42 s; ' +
      '61 requests, 2 retries, 3.4 s waiting for quota, newest 2026-05-01T10:00:00.000Z',
  );
});

test.each<[string, Partial<StreamFigures>, string]>([
  [
    'locations that failed or were skipped',
    { locations: { total: 12, failed: 2, skipped: 1 } },
    'of 12 locations (2 failed, 1 skipped) in',
  ],
  ['one of each', { rows: 1, locations: { total: 1, failed: 0, skipped: 0 } }, 'contacts: 1 row (12'],
  ['no count', { counts: { ids: 0, expected: 0 } }, 'contacts: 12,345 rows of 3 locations'],
  ['rows missing', { counts: { ids: 12_299, expected: 12_300 } }, '(12,299 ids of 12,300 that'],
  ['an early end', { isCutShort: true }, '2026-05-01T10:00:00.000Z; ended early'],
  [
    'failures waited out',
    { costs: { requests: 1, retries: 1, quotaMs: 0, backoffMs: 150_000 } },
    '; 1 request, 1 retry, 3 min waiting after failures, newest',
  ],
  ['no newest row', { newest: undefined }, '3.4 s waiting for quota'],
  ['a blink', { durationMs: 40 }, 'in 0.0 s;'],
  ['some minutes', { durationMs: 12 * 60_000 }, 'in 12 min;'],
  ['some hours', { durationMs: 195 * 60_000 }, 'in 3 h 15 min;'],
])('a stream with %s', (_, changes, words) => {
  expect(streamSummary('contacts', { ...FIGURES, ...changes })).toContain(words);
});

test('a sync', () => {
  const { costs } = FIGURES;
  expect(syncSummary({ streams: 2, rows: 99, durationMs: 5200, costs })).toBe(
    'Sync: 99 rows of 2 streams in 5.2 s; 61 requests, 2 retries, 3.4 s waiting for quota',
  );
});
