import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  textAt,
} from '../../src/foundation/json.ts';
import type { Call } from '../simulator/call.ts';
import { connect, discoveredStreams, type Selection } from '../support/connection.ts';
import { isListing, isMint, isRefresh, startHighLevel } from '../support/highlevel.ts';
import { runPlan } from '../support/run-plan.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const QUIET = { knobs: { rateLimits: 'off' } } as const;

const objectsAt = (json: JsonValue | undefined, key: string): readonly JsonObject[] => {
  const list = isJsonObject(json) ? json[key] : undefined;
  return isJsonArray(list) ? list.filter(isJsonObject) : [];
};

const amountAt = (
  json: JsonObject | undefined,
  key: string,
): { readonly least: number; readonly most: number } => {
  const amount = json?.[key];
  const { least = null, most = null } = isJsonObject(amount) ? amount : {};
  return { least: Number(least), most: most === null ? Infinity : Number(most) };
};

/** Requests to the locations: neither the list of them nor their tokens. */
const isData = ({ path }: Call): boolean => !path.startsWith('/oauth/');

const dataCalls = (calls: readonly Call[]): number => calls.filter(isData).length;

const startWorld = () =>
  startHighLevel({
    ...QUIET,
    locations: [
      { contacts: 1_200, opportunities: 250, rows: { invoices: 230, orders: 120, messages: 300 } },
      { contacts: 20, opportunities: 3 },
    ],
  });

describe.each<[string, { readonly isExact: boolean }]>([
  ['contacts', { isExact: true }],
  ['opportunities', { isExact: true }],
  ['contact_ids', { isExact: true }],
  ['invoices', { isExact: true }],
  ['orders', { isExact: true }],
  ['form_submissions', { isExact: true }],
  ['conversations', { isExact: true }],
  ['order_items', { isExact: false }],
  ['messages', { isExact: false }],
  ['appointments', { isExact: false }],
  ['tasks', { isExact: false }],
])('a plan of %s', (stream, { isExact }) => {
  const mode = stream === 'contact_ids' ? 'full_refresh' : 'incremental';
  const selection: Selection = { [stream]: mode };

  test('before the first sync tells its rows and its requests', async () => {
    const highLevel = await startWorld();
    const connection = connect(highLevel);
    const { report, exitCode } = await runPlan(highLevel, connection, selection);
    const read = await connection.read(selection);
    const [planned] = objectsAt(report, 'streams');
    const rows = amountAt(planned, 'rows');
    const requests = amountAt(planned, 'requests');
    expect(exitCode).toBe(0);
    const emitted = read.records(stream).length;
    expect(isExact ? rows.least === emitted : rows.least <= emitted).toBe(true);
    expect(rows.most).toBeGreaterThanOrEqual(read.records(stream).length);
    const real = dataCalls(read.calls);
    const tolerance = Math.max(3, 0.1 * real);
    expect(requests.least).toBeLessThanOrEqual(real + tolerance);
    expect(requests.most).toBeGreaterThanOrEqual(real - tolerance);
  });

  test('before a later sync tells no less than it then takes', async () => {
    const highLevel = await startWorld();
    const connection = connect(highLevel);
    await connection.read(selection);
    highLevel.passTime(3 * HOUR_MS);
    const { report } = await runPlan(highLevel, connection, selection);
    const read = await connection.read(selection);
    const [planned] = objectsAt(report, 'streams');
    expect(amountAt(planned, 'rows').most).toBeGreaterThanOrEqual(read.records(stream).length);
    const requests = amountAt(planned, 'requests');
    const real = dataCalls(read.calls);
    expect(requests.least).toBeLessThanOrEqual(real + 3);
    expect(requests.most).toBeGreaterThanOrEqual(real - 3);
  });
});

test('a plan of changes counts those that the next sync then reads, by location', async () => {
  const highLevel = await startWorld();
  const { world } = highLevel.simulator;
  const connection = connect(highLevel);
  const selection = { contacts: 'incremental', opportunities: 'incremental' } as const;
  await connection.read(selection);
  highLevel.passTime(5 * HOUR_MS);
  const [one = '', two = ''] = world.locationIds();
  for (const row of world.contacts(one).slice(0, 7))
    world.updateContact(one, textAt(row, 'id') ?? '', { city: 'X' });
  world.addContact(two);
  world.addOpportunity(two);
  highLevel.passTime(HOUR_MS);
  const { report } = await runPlan(highLevel, connection, selection);
  const counts = objectsAt(report, 'streams').map((stream) =>
    objectsAt(stream, 'locations').map((location) => [
      location['location_id'] === one,
      amountAt(location, 'rows').most,
      amountAt(location, 'requests').least,
    ]),
  );
  expect(counts.map((some) => [...some].sort().reverse())).toEqual([
    [
      [true, 7, 1],
      [false, 1, 1],
    ],
    [
      [true, 0, 1],
      [false, 1, 1],
    ],
  ]);
  const read = await connection.read(selection);
  expect([read.records('contacts').length, read.records('opportunities').length]).toEqual([8, 1]);
});

test('the report of the sync has a row for each location of each other stream, and costs nothing', async () => {
  const highLevel = await startWorld();
  const connection = connect(highLevel);
  const selection = { tags: 'full_refresh', locations: 'full_refresh', sync_report: 'full_refresh' } as const;
  const { report } = await runPlan(highLevel, connection, selection);
  const planned = objectsAt(report, 'streams').find(({ stream }) => stream === 'sync_report');
  const read = await connection.read(selection);
  const emitted = read.records('sync_report').length;
  expect(emitted).toBeGreaterThan(0);
  expect(amountAt(planned, 'rows')).toEqual({ least: emitted, most: emitted });
  expect(amountAt(planned, 'requests')).toEqual({ least: 0, most: 0 });
});

test('a plan of everything asks each location at most once a stream, and reads no further page', async () => {
  const highLevel = await startWorld();
  const all = await discoveredStreams();
  const selection = Object.fromEntries(all.map(({ name }) => [name, 'full_refresh' as const]));
  const { calls, report, exitCode } = await runPlan(highLevel, connect(highLevel), selection);
  expect([exitCode, calls.filter(({ status }) => status >= 400)]).toEqual([0, []]);
  for (const locationId of highLevel.simulator.world.locationIds()) {
    const own = calls.filter((call) => call.locationId === locationId);
    expect(own.filter(isData).length).toBeLessThanOrEqual(all.length);
    expect(own.filter(isMint)).toHaveLength(1);
  }
  expect(calls.filter((call) => !isData(call) && !isMint(call) && !isListing(call))).toEqual([]);
  expect(report['planning']).toEqual({ requests: calls.length });
});

test('a location that cannot be asked has a line that says why, and the others have their figures', async () => {
  const highLevel = await startHighLevel({ locations: 2 });
  const [closed = ''] = highLevel.simulator.world.locationIds();
  highLevel.simulator.admin.suspend(closed);
  const connection = connect(highLevel);
  const selection = { contacts: 'incremental' } as const;
  const { exitCode, report, lines } = await runPlan(highLevel, connection, selection);
  expect(exitCode).toBe(0);
  expect(lines).toHaveLength(1);
  const locations = objectsAt(objectsAt(report, 'streams')[0], 'locations');
  const problems = locations.map(({ location_id: id, problem }) => [id === closed, problem !== null]);
  expect(problems).toEqual(
    expect.arrayContaining([
      [true, true],
      [false, false],
    ]),
  );
  const table = await runPlan(highLevel, connection, selection, { moreArguments: ['--by', 'location'] });
  expect(table.lines.join('\n')).toMatch(new RegExp(`contacts of ${closed} cannot be told: .*not active`));
  expect(table.stderr).toContain('INFO Locations to read: 2.');
  expect(table.lines.join('\n')).not.toContain('{');
});

describe('with an access token that has expired', () => {
  test('no refresh token is spent where nobody keeps the new one', async () => {
    const highLevel = await startHighLevel();
    const connection = connect(highLevel);
    highLevel.simulator.admin.expireAccessTokens();
    const run = await runPlan(highLevel, connection, { contacts: 'incremental' });
    expect([run.exitCode, run.lines, run.calls.filter(isRefresh)]).toEqual([1, [], []]);
    expect(run.stderr).toContain('--token-file');
    expect((await connection.read({ contacts: 'incremental' })).exitCode).toBe(0);
  });

  test('the token file keeps the new tokens, and the output is the plan alone', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tokens-'));
    try {
      const path = join(folder, 'tokens.json');
      const highLevel = await startHighLevel();
      const connection = connect(highLevel);
      highLevel.passTime(5 * MINUTE_MS);
      highLevel.simulator.admin.expireAccessTokens();
      const selection = { contacts: 'incremental' } as const;
      const moreArguments = ['--token-file', path];
      const run = await runPlan(highLevel, connection, selection, {
        moreArguments: ['--json', ...moreArguments],
      });
      expect([run.exitCode, run.lines.length, run.calls.filter(isRefresh).length]).toEqual([0, 1, 1]);
      expect(run.report['plan_version']).toBe(1);
      expect(await readFile(path, 'utf8')).not.toBe('');
      highLevel.passTime(5 * MINUTE_MS);
      const read = await connection.read(selection, { moreArguments });
      expect([read.exitCode, read.calls.filter(isRefresh)]).toEqual([0, []]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

test('a plan that fails says so aside and prints nothing', async () => {
  const highLevel = await startHighLevel();
  const connection = connect(highLevel);
  connection.configure({ max_quota_share: 0 });
  const run = await runPlan(highLevel, connection, { contacts: 'incremental' });
  expect([run.exitCode, run.lines]).toEqual([1, []]);
  expect(run.stderr).toMatch(/^ERROR The configuration is not valid: .*max_quota_share/m);
});
