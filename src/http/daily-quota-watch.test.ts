import { expect, test } from '@jest/globals';
import { createDailyQuotaWatch } from './daily-quota-watch.ts';
import { createRecordingLog } from './doubles/recording-log.ts';
import { readRateLimitHeaders } from './rate-limit-headers.ts';

const headers = (remaining: number): Readonly<Record<string, string>> => ({
  'x-ratelimit-limit-daily': '200000',
  'x-ratelimit-daily-remaining': String(remaining),
});
const linesFor = (share: number, ...remaining: readonly number[]): readonly string[] => {
  const log = createRecordingLog();
  const watch = createDailyQuotaWatch(share, log);
  for (const left of remaining) watch('L1', readRateLimitHeaders(headers(left)));
  return log.lines;
};

test('a tenth and more is enough, less is told, once', () => {
  expect(linesFor(1, 20_000)).toEqual([]);
  expect(linesFor(1, 20_000, 19_999, 19_998)).toEqual([
    expect.stringContaining(
      'The daily request quota of L1 comes to its end: 19,999 of 200,000 requests are left.',
    ),
  ]);
});

test('what is reserved for others does not count as left', () => {
  expect(linesFor(0.8, 56_000)).toEqual([]);
  expect(linesFor(0.8, 55_999)).toEqual([
    expect.stringContaining('55,999 of 200,000 requests are left, 40,000 of them for other tools'),
  ]);
});

test('each bucket is told of by itself, and answers without numbers say nothing', () => {
  const log = createRecordingLog();
  const watch = createDailyQuotaWatch(1, log);
  watch('L1', readRateLimitHeaders({}));
  watch('L1', readRateLimitHeaders(headers(1)));
  watch('L2', readRateLimitHeaders(headers(1)));
  expect(log.lines).toHaveLength(2);
});
