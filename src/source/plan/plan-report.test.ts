import { describe, expect, test } from '@jest/globals';
import { exactly, UNKNOWN } from '../../stream/forecast/amount.ts';
import type { Plan } from './plan.ts';
import { planReport } from './plan-report.ts';
import { planTable } from './plan-table.ts';
import { createQuotaRegister } from './quota-register.ts';

const SETTINGS = { quotaShare: 0.8, maxConcurrency: undefined };
const CLOSED = 'The location is not active.';

const planOf = (requests: number, left?: number): Plan => {
  const quotas = createQuotaRegister();
  if (left !== undefined) quotas.observe('L1', { 'x-ratelimit-daily-remaining': String(left) });
  const forecast = { rows: exactly(500 * requests), requests: exactly(requests), atOnce: 6 };
  const small = { rows: UNKNOWN, requests: { least: 8, most: 16 }, atOnce: 1 };
  return {
    streams: ['contacts', 'opportunities'].map((name) => ({
      name,
      syncMode: 'incremental',
      problem: undefined,
      locations: [
        { locationId: 'L1', forecast, problem: undefined },
        { locationId: 'L2', forecast: small, problem: undefined },
        { locationId: 'L3', forecast: undefined, problem: CLOSED },
      ],
    })),
    locationIds: ['L1', 'L2', 'L3'],
    fixed: { list: 2, tokens: 3, profiles: 0 },
    quotas,
    requests: 9,
  };
};

describe('figures', () => {
  const { streams, locations, total } = planReport(planOf(400), SETTINGS);

  test('the longest location decides how long a stream takes, at our share of the quota', () => {
    expect(streams[0]?.locations.map(({ seconds }) => seconds)).toEqual([50, 4.8, 0]);
    expect(streams[0]?.seconds).toBe(50);
  });

  test('streams come one after the other, behind the list of the locations', () => {
    expect(total.seconds).toBe(100.6);
  });

  test('what a location takes of its day is over all streams', () => {
    expect(locations[0]).toMatchObject({ daily_share: 0.004, burst_share: 10, daily_quota: 200_000 });
  });

  test('the sum holds what is no stream’s, and is open where a part is', () => {
    expect(total.requests).toEqual({ least: 821, most: 837 });
    expect(total.rows).toEqual({ least: 400_000, most: null });
  });
});

test('tokens of very many locations take longer than the first stream', () => {
  const plan = { ...planOf(8), fixed: { list: 0, tokens: 800, profiles: 0 } };
  const [first, second] = planReport(plan, SETTINGS).streams;
  expect([first?.seconds, second?.seconds]).toEqual([4.8, 4.8]);
  expect(planReport(plan, SETTINGS).total.seconds).toBe(104.8);
});

describe('table', () => {
  const table = planTable(planReport(planOf(400), SETTINGS), 'stream');

  test('has a line a stream, with its largest location', () => {
    expect(table).toMatch(/^contacts +incremental +L1 +≥ 200,000 +408–416 +400 +0\.2 % +500 % +50 s$/m);
  });

  test('says once why a location has no figures', () => {
    expect(table.match(new RegExp(CLOSED, 'g'))).toHaveLength(1);
    expect(table).toContain('contacts, opportunities of L3 cannot be told');
  });

  test('by location has a line a location and stream', () => {
    const lines = planTable(planReport(planOf(400), SETTINGS), 'location').split('\n');
    expect(lines.slice(0, 7).map((line) => line.split(/ +/).slice(0, 2))).toEqual([
      ['location', 'stream'],
      ['L1', 'contacts'],
      ['L1', 'opportunities'],
      ['L2', 'contacts'],
      ['L2', 'opportunities'],
      ['L3', 'contacts'],
      ['L3', 'opportunities'],
    ]);
  });

  test('warns of a location that has less left for today, others’ share set aside', () => {
    expect(planTable(planReport(planOf(400, 40_500), SETTINGS), 'stream')).toContain('L1: more than the 500');
    expect(planTable(planReport(planOf(400, 40_900), SETTINGS), 'stream')).not.toContain('L1: more than');
  });
});
