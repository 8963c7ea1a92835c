import { expect, test } from '@jest/globals';
import { exchange } from './doubles/exchange.ts';
import { createVirtualRuntime, type VirtualRuntime } from './doubles/virtual-runtime.ts';
import { createRateLimiter } from './rate-limiter.ts';

const INTERVAL_MS = 10_000;

/** A server that counts in windows of its own, laid from zero, and is used by others too. */
const fixedWindowServer = (runtime: VirtualRuntime, max: number, others: number) => {
  const used = new Map<number, number>();
  return {
    headers: () => {
      const window = Math.floor(runtime.now() / INTERVAL_MS);
      const now = (used.get(window) ?? others) + 1;
      used.set(window, now);
      return { 'x-ratelimit-max': String(max), 'x-ratelimit-remaining': String(Math.max(0, max - now)) };
    },
    peak: () => Math.max(...used.values()),
  };
};

test('alone in the bucket, its own requests do not make it give way', async () => {
  const runtime = createVirtualRuntime(0);
  const limiter = createRateLimiter({ runtime, share: 0.8 });
  const { headers } = fixedWindowServer(runtime, 100, 0);
  const sent = await Promise.all(Array.from({ length: 400 }, () => exchange({ limiter, runtime, headers })));
  expect(Math.max(...sent)).toBeLessThan(5 * (INTERVAL_MS + 200));
});

test('a steady stream of its own requests does not make it give way either', async () => {
  const runtime = createVirtualRuntime(0);
  const limiter = createRateLimiter({ runtime, share: 0.8 });
  const { headers } = fixedWindowServer(runtime, 100, 0);
  const lane = async () => {
    for (let count = 0; count < 40; count += 1)
      await exchange({ limiter, runtime, headers, latencyMs: 1400 });
  };
  await Promise.all(
    Array.from({ length: 10 }, async (_, index) => {
      await runtime.sleep(index * 140);
      await lane();
    }),
  );
  expect(runtime.now()).toBeLessThan(40 * 1400 * 1.1);
});

test('with the whole quota for itself it does not slow down either', async () => {
  const runtime = createVirtualRuntime(0);
  const limiter = createRateLimiter({ runtime, share: 1 });
  const { headers } = fixedWindowServer(runtime, 100, 0);
  const sent = await Promise.all(Array.from({ length: 400 }, () => exchange({ limiter, runtime, headers })));
  expect(Math.max(...sent)).toBeLessThan(4 * (INTERVAL_MS + 200));
});

test('gives way to the other users of the bucket', async () => {
  const runtime = createVirtualRuntime(0);
  const limiter = createRateLimiter({ runtime, share: 0.8 });
  const server = fixedWindowServer(runtime, 100, 60);
  const lane = async () => {
    for (let count = 0; count < 30; count += 1) await exchange({ limiter, runtime, headers: server.headers });
  };
  await Promise.all([lane(), lane(), lane(), lane()]);
  expect(server.peak()).toBeLessThanOrEqual(84);
});

const LATENCY_MS = 300;
/** How long 1,000 requests take of a bucket that is waited for, in intervals beyond the first. */
const roundsOf1000 = async (exchanged: typeof exchange, { refusedAtMs }: { refusedAtMs?: number } = {}) => {
  const runtime = createVirtualRuntime(0);
  const limiter = createRateLimiter({ runtime, share: 1 });
  if (refusedAtMs !== undefined) limiter.pauseUntil('L1', refusedAtMs);
  const headers = () => ({});
  const sent = await Promise.all(
    Array.from({ length: 1000 }, () => exchanged({ limiter, runtime, headers, latencyMs: LATENCY_MS })),
  );
  return (Math.max(...sent) - (refusedAtMs ?? 0)) / 9;
};

test('a request is not held for as long as every answer takes', async () => {
  expect(await roundsOf1000(exchange)).toBeLessThan(INTERVAL_MS + LATENCY_MS / 4);
});

test('a request is held until its answer once HighLevel has refused one', async () => {
  expect(await roundsOf1000(exchange, { refusedAtMs: 1000 })).toBeGreaterThan(INTERVAL_MS + LATENCY_MS);
});

test('a request whose answer was lost may have been counted at the end', async () => {
  const lost: typeof exchange = (options) => exchange({ ...options, headers: () => undefined });
  expect(await roundsOf1000(lost)).toBeGreaterThan(INTERVAL_MS + LATENCY_MS);
});
