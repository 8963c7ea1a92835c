import { expect, test } from '@jest/globals';
import type { HttpRequest } from './client.ts';
import { answer } from './doubles/scripted-client.ts';
import { createScriptedRequester } from './doubles/scripted-requester.ts';
import type { RequestContext } from './requester.ts';

const GET: HttpRequest = { method: 'GET', path: '/things', headers: {} };
const context: RequestContext = { purpose: 'things of location L1', bucket: 'L1' };

test.each([
  ['Retry-After', { 'retry-after': '7', 'x-ratelimit-interval-milliseconds': '10000' }, 7000],
  ['the interval without Retry-After', { 'x-ratelimit-interval-milliseconds': '4000' }, 4000],
  ['a growing time without either', {}, 1000],
  ['at least a moment', { 'retry-after': '0' }, 100],
])('over the quota it waits %s', async (_, headers, expectedMs) => {
  const { runtime, requester, limiter } = createScriptedRequester([answer(429, {}, headers), answer(200)]);
  const resets: number[] = [];
  await requester.request(GET, { ...context, onRateLimited: (atMs) => resets.push(atMs) });
  expect(resets).toEqual([expectedMs]);
  expect(runtime.now()).toBe(expectedMs);
  await limiter.acquire('L2');
  expect(runtime.now()).toBe(expectedMs);
});

test('an instant in Retry-After is one of the server clock', async () => {
  const headers = { date: 'Wed, 21 Oct 2026 07:28:00 GMT', 'retry-after': 'Wed, 21 Oct 2026 07:28:09 GMT' };
  const { runtime, requester } = createScriptedRequester([answer(429, {}, headers), answer(200)]);
  await requester.request(GET, context);
  expect(runtime.now()).toBe(9000);
});

test('one 429 makes every request of its bucket wait', async () => {
  const limited = answer(429, {}, { 'retry-after': '30' });
  const { client, runtime, requester } = createScriptedRequester((_, count) =>
    count === 1 ? limited : answer(200),
  );
  const first = requester.request(GET, context);
  await new Promise((resolve) => setImmediate(resolve));
  const second = requester.request(GET, context);
  await Promise.all([first, second]);
  expect(client.sent).toHaveLength(3);
  expect(runtime.now()).toBe(30_000);
});

test('without a bucket the request waits by itself', async () => {
  const { runtime, requester } = createScriptedRequester([
    answer(429, {}, { 'retry-after': '3' }),
    answer(200),
  ]);
  await requester.request(GET, { purpose: 'tokens' });
  expect(runtime.sleeps).toEqual([3000]);
});

test('being over the quota eats no attempts, but it is bounded', async () => {
  const { client, requester } = createScriptedRequester([answer(429, {}, { 'retry-after': '1' })]);
  await expect(requester.request(GET, context)).rejects.toMatchObject({
    failureType: 'transient_error',
    status: 429,
  });
  expect(client.sent).toHaveLength(21);
});

test('a wait that is longer than allowed is not begun', async () => {
  const { client, runtime, requester } = createScriptedRequester([
    answer(429, {}, { 'retry-after': '3600' }),
  ]);
  await expect(requester.request(GET, context)).rejects.toMatchObject({ failureType: 'transient_error' });
  expect(client.sent).toHaveLength(1);
  expect(runtime.now()).toBe(0);
});

test('a long wait is a warning, once', async () => {
  const limited = answer(429, {}, { 'retry-after': '40' });
  const { requester, log } = createScriptedRequester([limited, limited, answer(200)]);
  await requester.request(GET, context);
  expect(log.lines.map((line) => line.split(':')[0])).toEqual(['warn', 'debug']);
});

test('the end of the daily quota is not waited for', async () => {
  const headers = {
    'x-ratelimit-daily-remaining': '0',
    'x-ratelimit-daily-reset': '7200000',
    'retry-after': '1',
  };
  const { client, requester } = createScriptedRequester([answer(429, {}, headers)]);
  const expected = {
    failureType: 'transient_error',
    message: expect.stringMatching(/daily .* in 2 h/),
  };
  await expect(requester.request(GET, context)).rejects.toMatchObject(expected);
  await expect(requester.request(GET, context)).rejects.toMatchObject(expected);
  expect(client.sent).toHaveLength(1);
});
