import { expect, test } from '@jest/globals';
import { createAttempt } from './attempt.ts';
import { answer, createScriptedClient } from './doubles/scripted-client.ts';
import { createVirtualRuntime } from './doubles/virtual-runtime.ts';
import { createRateLimiter } from './rate-limiter.ts';
import { createServerClock } from './server-clock.ts';

const INTERVAL_MS = 10_000;
const LATENCY_MS = 300;

interface Work {
  readonly bucket: string;
  readonly requests: number;
  /** Each sends one request after the other. */
  readonly lanes: number;
  readonly fromMs?: number;
}

interface World {
  readonly mostAtOnce: number;
  /** How many of the first requests have to open a connection, and what that takes. */
  readonly cold?: { readonly requests: number; readonly tookMs: number };
  readonly works: readonly Work[];
}

const most = (instants: readonly number[]): number =>
  Math.max(
    ...instants.map((start) => instants.filter((at) => at >= start && at < start + INTERVAL_MS).length),
  );

/** HighLevel counts a request half-way. @returns the most that it counts in ten seconds, of any bucket */
const mostCounted = async ({ mostAtOnce, cold, works }: World): Promise<number> => {
  const runtime = createVirtualRuntime(0);
  const counted = new Map<string, number[]>();
  const client = createScriptedClient(async ({ path, onHead }, count) => {
    const lateMs = cold !== undefined && count <= cold.requests ? cold.tookMs : 0;
    await runtime.sleep(LATENCY_MS / 2 + lateMs);
    counted.set(path, [...(counted.get(path) ?? []), runtime.now()]);
    await runtime.sleep(LATENCY_MS / 2);
    onHead?.({});
    return answer(200);
  });
  const limiter = createRateLimiter({ runtime, share: 1, limit: { max: 100, intervalMs: INTERVAL_MS } });
  const serverClock = createServerClock(runtime);
  const attempt = createAttempt({ client, limiter, runtime, serverClock, mostAtOnce });
  const use = async ({ bucket, requests, lanes, fromMs = 0 }: Work): Promise<void> => {
    await runtime.sleep(fromMs);
    let left = requests;
    const lane = async (): Promise<void> => {
      while (left > 0) {
        left -= 1;
        await attempt({ method: 'GET', path: bucket, headers: {} }, { bucket });
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
  };
  await Promise.all(works.map(use));
  return Math.max(...[...counted.values()].map(most));
};

test('what a request waits for before it is sent is none of the time that HighLevel takes', async () => {
  const small = Array.from({ length: 8 }, (_, index) => ({
    bucket: `small ${String(index)}`,
    requests: 200,
    lanes: 36,
  }));
  const large = ['A', 'B', 'C'].map((bucket) => ({ bucket, requests: 500, lanes: 36, fromMs: 3_000 }));
  expect(await mostCounted({ mostAtOnce: 50, works: [...small, ...large] })).toBe(100);
});

test('what it takes to open connections is none of the time that every answer takes', async () => {
  const first = { bucket: 'L1', requests: 60, lanes: 60 };
  const others = { bucket: 'L1', requests: 400, lanes: 100, fromMs: 10_150 };
  const cold = { requests: 60, tookMs: 400 };
  expect(await mostCounted({ mostAtOnce: 100, cold, works: [first, others] })).toBe(100);
});
