import { expect, test } from '@jest/globals';
import { backoffMs, parseRetryAfterMs } from './backoff.ts';

const NOW_MS = Date.parse('Wed, 21 Oct 2026 07:28:00 GMT');

test.each([
  ['120', 120_000],
  ['0', 0],
  [' 1.5 ', 1500],
  ['Wed, 21 Oct 2026 07:28:30 GMT', 30_000],
  ['Wed, 21 Oct 2026 07:27:00 GMT', 0],
  [undefined, undefined],
  ['', undefined],
  ['-5', undefined],
  ['soon', undefined],
  ['Infinity', undefined],
  ['0x10', undefined],
  ['2026', 2_026_000],
])('Retry-After %p means %p ms', (value, expected) => {
  expect(parseRetryAfterMs(value, NOW_MS)).toBe(expected);
});

test.each([
  [1, 500],
  [2, 1000],
  [5, 8000],
  [8, 60_000],
  [5000, 60_000],
])('retry %d waits at most %d ms, with full jitter', (retry, ceilingMs) => {
  expect(backoffMs(retry, () => 1)).toBe(ceilingMs);
  expect(backoffMs(retry, () => 0.25)).toBe(ceilingMs / 4);
  expect(backoffMs(retry, () => 0)).toBe(0);
});
