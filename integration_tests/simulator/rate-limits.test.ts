import { expect, test } from '@jest/globals';
import { DEFAULT_RATE_LIMITS, type RateLimits } from './options.ts';
import { createSimulator } from './simulator.ts';
import { createTestClient } from './test-client.ts';

const open = (rateLimits: RateLimits | 'off' = { ...DEFAULT_RATE_LIMITS, max: 3 }) => {
  const clock = { now: Date.UTC(2025, 6, 1, 23, 59, 30) };
  const simulator = createSimulator({
    locations: 2,
    contactsPerLocation: 1,
    now: () => clock.now,
    knobs: { rateLimits },
  });
  const ask = async (location: number) => {
    const locationId = simulator.world.locationIds()[location] ?? '';
    const client = createTestClient(simulator, simulator.locationToken(locationId));
    return client.get(`/campaigns/?locationId=${locationId}`);
  };
  return { ...simulator, clock, ask };
};

test('a bucket belongs to one location, and no window of ten seconds holds more than its limit', async () => {
  const { ask, clock } = open();
  const statuses: number[] = [];
  for (const wait of [0, 4_000, 4_000, 0, 1_999, 1, 0]) {
    clock.now += wait;
    statuses.push((await ask(0)).status);
  }
  expect(statuses).toEqual([200, 200, 200, 429, 429, 200, 429]);
  expect((await ask(1)).status).toBe(200);
});

test('every answer carries the six headers, and a 429 the envelope without Retry-After', async () => {
  const { ask } = open({ ...DEFAULT_RATE_LIMITS, max: 1 });
  const first = await ask(0);
  expect(first.headers).toMatchObject({
    'x-ratelimit-max': '1',
    'x-ratelimit-remaining': '0',
    'x-ratelimit-interval-milliseconds': '10000',
    'x-ratelimit-limit-daily': '200000',
    'x-ratelimit-daily-remaining': '199999',
    'x-ratelimit-daily-reset': '30000',
  });
  const second = await ask(0);
  expect(second.body).toMatchObject({ statusCode: 429, message: 'Too Many Requests' });
  expect(second.headers).not.toHaveProperty('retry-after');
});

test('Retry-After can be had', async () => {
  const { ask, clock } = open({ ...DEFAULT_RATE_LIMITS, max: 1, retryAfter: true });
  await ask(0);
  clock.now += 3_500;
  expect((await ask(0)).headers['retry-after']).toBe('7');
});

test('the day is used up by other clients of the same location, and begins anew', async () => {
  const { ask, admin, clock, world } = open();
  admin.consumeQuota(world.locationIds()[0] ?? '', 200_000);
  clock.now += 20_000;
  const refused = await ask(0);
  expect(refused.status).toBe(429);
  expect(refused.headers).toMatchObject({ 'x-ratelimit-remaining': '3', 'x-ratelimit-daily-remaining': '0' });
  clock.now += 10_000;
  expect((await ask(0)).status).toBe(200);
});

test('without limits nothing is refused', async () => {
  const { ask } = open('off');
  const replies = await Promise.all(Array.from({ length: 150 }, () => ask(0)));
  expect(replies.every(({ status }) => status === 200)).toBe(true);
});
