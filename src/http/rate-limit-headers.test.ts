import { expect, test } from '@jest/globals';
import { readRateLimitHeaders } from './rate-limit-headers.ts';

test('reads the six headers of an answer', () => {
  expect(
    readRateLimitHeaders({
      'x-ratelimit-max': '100',
      'x-ratelimit-remaining': '99',
      'x-ratelimit-interval-milliseconds': '10000',
      'x-ratelimit-limit-daily': '200000',
      'x-ratelimit-daily-remaining': '199999',
      'x-ratelimit-daily-reset': '84322000',
    }),
  ).toEqual({
    max: 100,
    remaining: 99,
    intervalMs: 10_000,
    dailyLimit: 200_000,
    dailyRemaining: 199_999,
    dailyResetMs: 84_322_000,
  });
});

test.each(['', 'NaN', '-1', '1.5', 'many', '1e3', '99999999999999999999'])('ignores %p', (value) => {
  const names = [
    'max',
    'remaining',
    'interval-milliseconds',
    'limit-daily',
    'daily-remaining',
    'daily-reset',
  ];
  const headers = Object.fromEntries(names.map((name) => [`x-ratelimit-${name}`, value]));
  expect(Object.values(readRateLimitHeaders(headers)).filter((read) => read !== undefined)).toEqual([]);
});

test.each([
  ['x-ratelimit-max', '0'],
  ['x-ratelimit-interval-milliseconds', '0'],
  ['x-ratelimit-interval-milliseconds', '86400000'],
  ['x-ratelimit-limit-daily', '0'],
])('ignores %s of %s, which would stop everything', (name, value) => {
  expect(Object.values(readRateLimitHeaders({ [name]: value })).every((read) => read === undefined)).toBe(
    true,
  );
});
