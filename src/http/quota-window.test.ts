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

interface Exchanges {
  readonly latencyMs?: number;
  /** Undefined: the answer is lost. */
  readonly headers?: () => Readonly<Record<string, string>> | undefined;
  /** When HighLevel refuses a request. */
  readonly refusedAtMs?: number;
}

/** Sends 1,000 requests. @returns how long the bucket takes for a hundred of them, at the end */
const lastRoundMs = async ({ latencyMs = LATENCY_MS, headers = () => ({}), refusedAtMs }: Exchanges) => {
  const runtime = createVirtualRuntime(0);
  const limiter = createRateLimiter({ runtime, share: 1 });
  const refusal = async (atMs: number) => {
    await runtime.sleep(atMs);
    limiter.pauseUntil('L1', atMs + 1);
  };
  const refused = refusedAtMs === undefined ? undefined : refusal(refusedAtMs);
  const all = Array.from({ length: 1000 }, () => exchange({ limiter, runtime, headers, latencyMs }));
  const sent = (await Promise.all(all)).sort((one, other) => one - other);
  await refused;
  return (sent.at(-1) ?? 0) - (sent.at(-101) ?? 0);
};

test('a request is not held for as long as every answer takes, less what is in doubt', async () => {
  expect(await lastRoundMs({})).toBe(INTERVAL_MS + 31);
});

test('not much of a long answer is certain', async () => {
  expect(await lastRoundMs({ latencyMs: 3000 })).toBe(INTERVAL_MS + 2501);
});

test('nothing of a short answer is certain', async () => {
  expect(await lastRoundMs({ latencyMs: 20 })).toBe(INTERVAL_MS + 21);
});

test('a request is held until its answer once HighLevel has refused one', async () => {
  expect(await lastRoundMs({ refusedAtMs: 30_000 })).toBe(INTERVAL_MS + LATENCY_MS + 1);
});

test('a request whose answer was lost may have been counted at the end', async () => {
  let answers = 0;
  const headers = () => {
    answers += 1;
    return answers <= 500 ? {} : undefined;
  };
  expect(await lastRoundMs({ headers })).toBe(INTERVAL_MS + LATENCY_MS + 1);
});
