import { expect, test } from '@jest/globals';
import { exchange } from './doubles/exchange.ts';
import { createVirtualRuntime } from './doubles/virtual-runtime.ts';
import { createRateLimiter } from './rate-limiter.ts';

const INTERVAL_MS = 10_000;

/** A generator of numbers in [0, 1) that a seed repeats. */
const seeded = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
};

const most = (instants: readonly number[], intervalMs: number): number =>
  Math.max(
    0,
    ...instants.map((start) => instants.filter((at) => at >= start && at < start + intervalMs).length),
  );

test.each([1, 2, 3, 4, 5, 6])(
  'no interval of the server holds more than the share, wherever it counts a request (seed %d)',
  async (seed) => {
    const random = seeded(seed);
    const runtime = createVirtualRuntime(1_000_000, random);
    const limiter = createRateLimiter({ runtime, share: 0.8, limit: { max: 25, intervalMs: INTERVAL_MS } });
    const counted: number[] = [];
    await Promise.all(
      Array.from({ length: 150 }, async () => {
        await runtime.sleep(random() * 30_000);
        const permit = await limiter.acquire('L1');
        const latencyMs = random() * 3000;
        const countedAfterMs = random() * latencyMs;
        await runtime.sleep(countedAfterMs);
        counted.push(runtime.now());
        await runtime.sleep(latencyMs - countedAfterMs);
        permit.done({});
      }),
    );
    expect(counted).toHaveLength(150);
    expect(most(counted, INTERVAL_MS)).toBeLessThanOrEqual(20);
  },
);

test('the whole share is used when there is enough to do', async () => {
  const runtime = createVirtualRuntime(0);
  const limiter = createRateLimiter({ runtime, share: 0.8 });
  const sent = await Promise.all(Array.from({ length: 240 }, () => exchange({ limiter, runtime })));
  expect(Math.max(...sent)).toBeLessThan(2 * (INTERVAL_MS + 200));
  expect(most(sent, INTERVAL_MS)).toBe(80);
});

test('buckets do not wait for each other', async () => {
  const runtime = createVirtualRuntime(0);
  const limiter = createRateLimiter({ runtime, share: 1, limit: { max: 1, intervalMs: INTERVAL_MS } });
  const buckets = Array.from({ length: 3000 }, (_, index) => `L${String(index)}`);
  const sent = await Promise.all(buckets.map((bucket) => exchange({ limiter, runtime, bucket })));
  expect(Math.max(...sent)).toBe(0);
});

test('who comes first is served first', async () => {
  const runtime = createVirtualRuntime(0);
  const limiter = createRateLimiter({ runtime, share: 1, limit: { max: 2, intervalMs: INTERVAL_MS } });
  const order: number[] = [];
  await Promise.all(
    [0, 1, 2, 3, 4, 5].map(async (name) => {
      await exchange({ limiter, runtime });
      order.push(name);
    }),
  );
  expect(order).toEqual([0, 1, 2, 3, 4, 5]);
});

test('a share that is less than one request still allows one', async () => {
  const runtime = createVirtualRuntime(0);
  const limiter = createRateLimiter({ runtime, share: 0.01, limit: { max: 25, intervalMs: INTERVAL_MS } });
  const sent = await Promise.all([exchange({ limiter, runtime }), exchange({ limiter, runtime })]);
  expect(sent[0]).toBe(0);
  expect(sent[1]).toBeGreaterThanOrEqual(INTERVAL_MS);
});

test('learns a smaller limit from an answer, for new buckets too', async () => {
  const runtime = createVirtualRuntime(0);
  const limiter = createRateLimiter({ runtime, share: 1 });
  const headers = () => ({ 'x-ratelimit-max': '5', 'x-ratelimit-interval-milliseconds': '2000' });
  await exchange({ limiter, runtime, headers });
  const sent = await Promise.all(
    Array.from({ length: 12 }, () => exchange({ limiter, runtime, bucket: 'new' })),
  );
  expect(most(sent, 2000)).toBe(5);
});

test('a cut answer without headers changes nothing', async () => {
  const runtime = createVirtualRuntime(0);
  const limiter = createRateLimiter({ runtime, share: 1, limit: { max: 3, intervalMs: INTERVAL_MS } });
  const headers = () => undefined;
  const sent = await Promise.all(Array.from({ length: 7 }, () => exchange({ limiter, runtime, headers })));
  expect(most(sent, INTERVAL_MS)).toBe(3);
});

test('waits when others have used up everything', async () => {
  const runtime = createVirtualRuntime(0);
  const limiter = createRateLimiter({ runtime, share: 1 });
  const headers = () => ({ 'x-ratelimit-remaining': '0' });
  await exchange({ limiter, runtime, headers });
  expect(await exchange({ limiter, runtime })).toBeGreaterThanOrEqual(INTERVAL_MS);
});

test('a pause holds one bucket until it is over', async () => {
  const runtime = createVirtualRuntime(0);
  const limiter = createRateLimiter({ runtime, share: 1 });
  limiter.pauseUntil('L1', 60_000);
  limiter.pauseUntil('L1', 30_000);
  expect(await exchange({ limiter, runtime, bucket: 'L2' })).toBe(0);
  expect(await exchange({ limiter, runtime })).toBe(60_000);
});

test.each([
  ['nothing is left', '0', '200000', 0.8],
  ['only what is reserved for others is left', '40000', '200000', 0.8],
])('the day ends for the bucket when %s', async (_, remaining, limit, share) => {
  const runtime = createVirtualRuntime(0);
  const limiter = createRateLimiter({ runtime, share });
  const headers = () => ({
    'x-ratelimit-limit-daily': limit,
    'x-ratelimit-daily-remaining': remaining,
    'x-ratelimit-daily-reset': '17000000',
  });
  await exchange({ limiter, runtime, headers });
  await expect(limiter.acquire('L1')).rejects.toMatchObject({
    failureType: 'transient_error',
    reach: 'partition',
    message: expect.stringMatching(/daily request quota is used up.* in 5 h/),
  });
  expect(await exchange({ limiter, runtime, bucket: 'L2' })).toBe(runtime.now() - 100);
  runtime.set(17_000_200);
  expect(await exchange({ limiter, runtime })).toBe(17_000_200);
});

test('the end of the day reaches those who wait already', async () => {
  const runtime = createVirtualRuntime(0);
  const limiter = createRateLimiter({ runtime, share: 1, limit: { max: 1, intervalMs: INTERVAL_MS } });
  const first = exchange({ limiter, runtime, headers: () => ({ 'x-ratelimit-daily-remaining': '0' }) });
  const second = limiter.acquire('L1');
  await expect(second).rejects.toThrow(/within a day/);
  expect(await first).toBe(0);
});

test('one that is left of the day is used', async () => {
  const runtime = createVirtualRuntime(0);
  const limiter = createRateLimiter({ runtime, share: 1 });
  await exchange({ limiter, runtime, headers: () => ({ 'x-ratelimit-daily-remaining': '1' }) });
  await expect(limiter.acquire('L1')).resolves.toBeDefined();
});

test('an abort ends the wait with its reason and leaves the turn to the next', async () => {
  const runtime = createVirtualRuntime(0);
  const limiter = createRateLimiter({ runtime, share: 1, limit: { max: 1, intervalMs: INTERVAL_MS } });
  const holder = await limiter.acquire('L1');
  const controller = new AbortController();
  const aborted = limiter.acquire('L1', controller.signal);
  const next = limiter.acquire('L1');
  controller.abort(new Error('stop'));
  await expect(aborted).rejects.toThrow('stop');
  holder.done({});
  await expect(next).resolves.toBeDefined();
  await expect(limiter.acquire('L1', controller.signal)).rejects.toThrow('stop');
});

test('a local clock that is set back holds nobody longer than an interval', async () => {
  const runtime = createVirtualRuntime(10_000_000);
  const limiter = createRateLimiter({ runtime, share: 1, limit: { max: 1, intervalMs: INTERVAL_MS } });
  await exchange({ limiter, runtime });
  runtime.set(8_000_000);
  expect(await exchange({ limiter, runtime })).toBeLessThanOrEqual(8_000_000 + INTERVAL_MS + 1);
});

test('an abort leaves no alarm behind that would keep the program alive', async () => {
  const runtime = createVirtualRuntime(0);
  const limiter = createRateLimiter({ runtime, share: 1, limit: { max: 1, intervalMs: INTERVAL_MS } });
  (await limiter.acquire('L1')).done({});
  const controller = new AbortController();
  const waiting = limiter.acquire('L1', controller.signal);
  controller.abort(new Error('stop'));
  await expect(waiting).rejects.toThrow('stop');
  await new Promise((resolve) => setImmediate(resolve));
  expect(runtime.sleeps).toHaveLength(1);
  expect(runtime.now()).toBe(0);
});

test('nobody is woken while nobody waits', async () => {
  const runtime = createVirtualRuntime(0);
  const limiter = createRateLimiter({ runtime, share: 1 });
  const permit = await limiter.acquire('L1');
  permit.done({});
  permit.done({});
  expect(runtime.sleeps).toEqual([]);
});
