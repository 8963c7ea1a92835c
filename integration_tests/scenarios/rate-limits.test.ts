import { describe, expect, test } from '@jest/globals';
import { DEFAULT_RATE_LIMITS } from '../simulator/options.ts';
import { connect, type Run } from '../support/connection.ts';
import { isSearch, startHighLevel } from '../support/highlevel.ts';
import { messagesOf } from '../support/messages-of.ts';
import { lossOf, repeatsIn } from '../support/warehouse.ts';

const CONTACTS = { contacts: 'incremental' } as const;
const DAY_MS = 86_400_000;
const SHORT = { ...DEFAULT_RATE_LIMITS, intervalMs: 300 };

const rateLimitedStatuses = ({ messages }: Run): readonly number[] =>
  messagesOf(messages, 'TRACE').flatMap(({ trace }) =>
    trace.type === 'STREAM_STATUS'
      ? (trace.stream_status.reasons ?? []).map((reason) => reason.rate_limited.quota_reset)
      : [],
  );

describe('a 429', () => {
  test.each([
    ['with Retry-After', { kind: 'rate_limited', retryAfterS: 1 } as const],
    ['without Retry-After', { kind: 'rate_limited' } as const],
  ])('%s is told to the platform, waited out, and loses nothing', async (_, answer) => {
    const highLevel = await startHighLevel({
      locations: 2,
      contactsPerLocation: 20,
      knobs: { silentPageSize: 6, rateLimits: SHORT },
    });
    let count = 0;
    highLevel.simulator.faults.add({
      matches: isSearch('contacts'),
      nth: () => [3, 6].includes((count += 1)),
      answer,
    });
    const startedAt = highLevel.now();
    const run = await connect(highLevel).read(CONTACTS);
    expect(run.exitCode).toBe(0);
    expect(lossOf(highLevel, 'contacts', run.records('contacts'))).toEqual([]);
    expect(repeatsIn(run.records('contacts'))).toEqual([]);
    const resets = rateLimitedStatuses(run);
    expect(resets.length).toBeGreaterThan(0);
    for (const reset of resets) expect(reset).toBeGreaterThan(startedAt);
    expect(run.calls.filter(({ status }) => status === 429)).toHaveLength(2);
    expect(run.errors).toEqual([]);
  });

  test('for the token of a location is waited out', async () => {
    const highLevel = await startHighLevel({ locations: 2, knobs: { rateLimits: SHORT } });
    highLevel.simulator.faults.add({
      matches: ({ path }) => path === '/oauth/locationToken',
      nth: 1,
      answer: { kind: 'rate_limited' },
    });
    const run = await connect(highLevel).read(CONTACTS);
    expect(run.exitCode).toBe(0);
    expect(lossOf(highLevel, 'contacts', run.records('contacts'))).toEqual([]);
  });
});

test('a small quota, part of which others use up, is kept to', async () => {
  const highLevel = await startHighLevel({
    contactsPerLocation: 60,
    knobs: { silentPageSize: 4, rateLimits: { ...SHORT, max: 10 } },
  });
  const [only = ''] = highLevel.simulator.world.locationIds();
  let searches = 0;
  highLevel.simulator.beforeAnswer((call) => {
    if (isSearch('contacts')(call) && (searches += 1) === 4) highLevel.simulator.admin.consumeQuota(only, 4);
  });
  const run = await connect(highLevel).read(CONTACTS);
  expect(run.exitCode).toBe(0);
  expect(lossOf(highLevel, 'contacts', run.records('contacts'))).toEqual([]);
  // What others take cannot be foreseen, but it is seen.
  expect(run.calls.filter(({ status }) => status === 429).length).toBeLessThanOrEqual(1);
});

test('a used-up daily quota ends its location for the day, and the next day goes on there', async () => {
  const highLevel = await startHighLevel({
    locations: 2,
    contactsPerLocation: 40,
    knobs: { silentPageSize: 5, rateLimits: { ...SHORT, daily: 100 } },
  });
  const [spent = '', other = ''] = highLevel.simulator.world.locationIds();
  let searches = 0;
  highLevel.simulator.beforeAnswer((call) => {
    if (isSearch('contacts', spent)(call) && (searches += 1) === 4) {
      highLevel.simulator.admin.consumeQuota(spent, 100);
    }
  });
  const connection = connect(highLevel);
  const run = await connection.read(CONTACTS);
  expect([run.exitCode, run.end('contacts')]).toEqual([1, 'INCOMPLETE']);
  expect(run.errors.map((error) => error.failure_type)).toEqual(['transient_error']);
  expect(run.errors[0]?.message).toContain(spent);
  expect(run.errors[0]?.message).toMatch(/daily|day/);
  expect(lossOf(highLevel, 'contacts', run.records('contacts'), [other])).toEqual([]);
  expect(run.calls.filter(({ status }) => status === 429).length).toBeLessThanOrEqual(2);

  highLevel.passTime(DAY_MS);
  const next = await connection.read(CONTACTS);
  expect(next.exitCode).toBe(0);
  const all = [...run.records('contacts'), ...next.records('contacts')];
  expect(lossOf(highLevel, 'contacts', all)).toEqual([]);
  expect(next.records('contacts').length).toBeLessThan(40);
});

test('one location with a used-up quota does not hold up the others', async () => {
  const highLevel = await startHighLevel({ locations: 6, knobs: { rateLimits: { ...SHORT, daily: 50 } } });
  const [spent = '', ...others] = highLevel.simulator.world.locationIds();
  highLevel.simulator.admin.consumeQuota(spent, 50);
  const run = await connect(highLevel).read({ contacts: 'incremental', campaigns: 'full_refresh' });
  expect(run.exitCode).toBe(1);
  expect(lossOf(highLevel, 'contacts', run.records('contacts'), others)).toEqual([]);
  expect(new Set(run.errors.map((error) => error.failure_type))).toEqual(new Set(['transient_error']));
});
