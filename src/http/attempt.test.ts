import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { type ByteBudget, createByteBudget } from '../foundation/byte-budget.ts';
import { transientError } from '../foundation/errors.ts';
import { createAttempt } from './attempt.ts';
import type { HttpRequest, HttpResponse } from './client.ts';
import { answer, createScriptedClient, type Script } from './doubles/scripted-client.ts';
import { createVirtualRuntime } from './doubles/virtual-runtime.ts';
import { createRateLimiter } from './rate-limiter.ts';
import type { Room } from './room.ts';
import { createServerClock } from './server-clock.ts';

const GET: HttpRequest = { method: 'GET', path: '/things', headers: {} };
const INTERVAL_MS = 10_000;

/** @param quota requests of the bucket in ten seconds */
const setUp = (script: Script, quota = 100) => {
  const runtime = createVirtualRuntime(0);
  const limit = { max: quota, intervalMs: INTERVAL_MS };
  const limiter = createRateLimiter({ runtime, share: 1, limit });
  const client = createScriptedClient(script);
  const serverClock = createServerClock(runtime);
  const attempt = createAttempt({ client, limiter, runtime, serverClock, mostAtOnce: 50 });
  return { attempt, client, runtime, limiter };
};

const weighing = (sizeBytes: number, status = 200): HttpResponse => ({ ...answer(status), sizeBytes });

describe('room for an answer', () => {
  const LIMIT = 100;

  const createRoom = (): { readonly budget: ByteBudget; readonly room: Room } => {
    const budget = createByteBudget(LIMIT);
    return {
      budget,
      room: { takeNow: () => budget.reserveNow(60), take: () => budget.reserve(() => 60) },
    };
  };

  test('is not held while a request waits for its quota', async () => {
    const { attempt, client, runtime } = setUp([answer(200)], 1);
    const { budget, room } = createRoom();
    await attempt(GET, { bucket: 'L1' });
    const waiting = attempt(GET, { bucket: 'L1', room });
    await runtime.sleep(INTERVAL_MS / 2);
    expect(client.sent).toHaveLength(1);
    const page = budget.reserveNow(LIMIT);
    expect(page).toBeDefined();
    page?.release();
    await waiting;
  });

  // A page that is in memory may wait for a request of its own, such as the names of its custom fields.
  test('is not waited for with the quota in hand that others need to give room back', async () => {
    const { attempt, client } = setUp([answer(200)], 1);
    const { budget, room } = createRoom();
    const page = budget.reserveNow(LIMIT);
    const waiting = attempt(GET, { bucket: 'L1', room });
    await nextTurn();
    await attempt({ ...GET, path: '/names' }, { bucket: 'L1' });
    page?.release();
    await waiting;
    expect(client.sent.map(({ path }) => path)).toEqual(['/names', '/things']);
  });

  test('does not keep other locations waiting for the quota of one', async () => {
    const { attempt, client, runtime, limiter } = setUp(() => weighing(0));
    const { budget, room } = createRoom();
    const page = budget.reserveNow(LIMIT);
    const paused = [1, 2].map(() => attempt(GET, { bucket: 'L1', room }));
    await nextTurn();
    const other = attempt({ ...GET, path: '/other' }, { bucket: 'L2', room });
    limiter.pauseUntil('L1', INTERVAL_MS);
    page?.release();
    await other;
    expect(runtime.now()).toBe(0);
    await Promise.all(paused);
    expect(client.sent.map(({ path }) => path)).toEqual(['/other', '/things', '/things']);
  });

  test('is kept by one that has often found no quota when it had room', async () => {
    const { runtime, client, ...options } = setUp(() => weighing(0));
    let waits = 0;
    const permit = { sent: () => undefined, done: () => undefined, unused: () => undefined };
    const limiter = {
      ...options.limiter,
      acquire: () => {
        waits += 1;
        return Promise.resolve(permit);
      },
      acquireNow: () => undefined,
    };
    const serverClock = createServerClock(runtime);
    const attempt = createAttempt({ client, limiter, runtime, serverClock, mostAtOnce: 50 });
    const { budget } = createRoom();
    const room: Room = { takeNow: () => undefined, take: () => budget.reserve(() => 60) };
    await attempt(GET, { bucket: 'L1', room });
    expect([waits, client.sent.length]).toEqual([4, 1]);
    expect(budget.reserveNow(LIMIT)).toBeDefined();
  });

  test.each([
    ['no answer', () => transientError('gone')],
    ['a refusal', () => weighing(10, 429)],
  ])('is as large as the answer afterwards, and none with %s', async (_, second) => {
    const { attempt } = setUp((_request, count) => (count === 1 ? weighing(10) : second()));
    const { budget, room } = createRoom();
    await attempt(GET, { room });
    expect(budget.reserveNow(91)).toBeUndefined();
    await attempt(GET, { room });
    expect(budget.reserveNow(90)).toBeDefined();
  });

  test('is given back by a request that cannot be sent', async () => {
    const { attempt } = setUp([answer(200)]);
    const { budget, room } = createRoom();
    const authenticator = {
      token: () => Promise.reject(new Error('no token')),
      renew: () => Promise.resolve(false),
    };
    await expect(attempt(GET, { authenticator, room })).rejects.toThrow('no token');
    expect(budget.reserveNow(LIMIT)).toBeDefined();
  });

  test('lets the answer grow into it', async () => {
    const { attempt, client } = setUp([weighing(10)]);
    const { room } = createRoom();
    await attempt(GET, { room });
    expect(client.sent[0]?.admits?.(LIMIT)).toBe(true);
  });
});

test('the quota of a request is free one interval after its headers, however long its body takes', async () => {
  const { attempt, client, runtime } = setUp(async (request, count) => {
    request.onHead?.({});
    if (count === 1) await runtime.sleep(5_000);
    return answer(200);
  }, 1);
  await Promise.all([attempt(GET, { bucket: 'L1' }), attempt(GET, { bucket: 'L1' })]);
  expect(client.sent).toHaveLength(2);
  expect(runtime.now()).toBeLessThan(INTERVAL_MS + 100);
});
