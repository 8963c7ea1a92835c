import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anyText } from '../foundation/doubles/any-json.ts';
import { ConnectorError, transientError } from '../foundation/errors.ts';
import { backoffMs, parseRetryAfterMs } from './backoff.ts';
import type { HttpResponse } from './client.ts';
import { answer } from './doubles/scripted-client.ts';
import { createScriptedRequester } from './doubles/scripted-requester.ts';
import { createVirtualRuntime } from './doubles/virtual-runtime.ts';

const seconds = fc.oneof(
  fc.integer({ min: -5, max: 100_000 }).map(String),
  fc.constantFrom('0', '1.5', '9'.repeat(400)),
);
const date = fc.date({ noInvalidDate: true }).map((one) => one.toUTCString());
const retryAfter = fc.oneof(seconds, date, anyText());

describe('the wait before a retry', () => {
  test('lies between nothing and a minute, however often it was tried', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (retry, random) => {
          const waitMs = backoffMs(retry, () => random);
          expect(waitMs).toBeGreaterThanOrEqual(0);
          expect(waitMs).toBeLessThanOrEqual(Math.min(60_000, 500 * 2 ** (retry - 1)));
        },
      ),
    );
  });

  test('is never negative nor no number, whatever Retry-After says', () => {
    fc.assert(
      fc.property(fc.option(retryAfter, { nil: undefined }), fc.nat(), (value, nowMs) => {
        expect(parseRetryAfterMs(value, nowMs) ?? 0).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 300 },
    );
  });
});

type Reply = { readonly status: number; readonly retryAfter: string | undefined } | undefined;

const reply: fc.Arbitrary<Reply> = fc.option(
  fc.record({
    status: fc.constantFrom(429, 500, 502, 503, 504),
    retryAfter: fc.option(retryAfter, { nil: undefined }),
  }),
  { nil: undefined },
);

const scripted = (one: Reply): HttpResponse | Error =>
  one === undefined
    ? transientError('No answer.')
    : answer(one.status, {}, one.retryAfter === undefined ? {} : { 'retry-after': one.retryAfter });

test('a request ends, within its attempts and its time, whatever goes wrong', async () => {
  const maxTotalMs = 120_000;
  const maxAttempts = 6;
  await fc.assert(
    fc.asyncProperty(
      fc.array(reply, { minLength: 1, maxLength: 40 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      fc.constantFrom(undefined, 'L1'),
      async (replies, random, bucket) => {
        const runtime = createVirtualRuntime(0, () => random);
        const { client, requester } = createScriptedRequester(replies.map(scripted), { maxTotalMs, runtime });
        const request = { method: 'GET', path: '/things', headers: {} } as const;
        const outcome = requester.request(request, {
          purpose: 'things',
          ...(bucket !== undefined && { bucket }),
        });
        await expect(outcome).rejects.toBeInstanceOf(ConnectorError);
        // Instants are whole milliseconds.
        expect(runtime.now()).toBeLessThanOrEqual(maxTotalMs + client.sent.length);
        const failed = client.sent.filter(
          (_, index) => replies[Math.min(index, replies.length - 1)]?.status !== 429,
        );
        expect(failed.length).toBeLessThanOrEqual(maxAttempts);
        expect(client.sent.length).toBeLessThanOrEqual(maxAttempts + 21);
      },
    ),
    { numRuns: 200 },
  );
});
