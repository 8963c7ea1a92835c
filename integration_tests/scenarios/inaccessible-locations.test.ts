import { describe, expect, test } from '@jest/globals';
import { checkResult, connect } from '../support/connection.ts';
import { isSearch, startHighLevel, type HighLevel } from '../support/highlevel.ts';
import { lossOf } from '../support/warehouse.ts';

const SELECTION = { contacts: 'incremental', campaigns: 'full_refresh', locations: 'full_refresh' } as const;
const POLICIES = ['skip_inactive', 'skip_all', 'fail'] as const;
const HOUR_MS = 3_600_000;

/** One of five refuses, another is suspended. */
const startWithTwoClosed = async () => {
  const highLevel = await startHighLevel({ locations: 5 });
  const [refused = '', suspended = '', ...open] = highLevel.simulator.world.locationIds();
  highLevel.simulator.admin.refuse(refused);
  highLevel.simulator.admin.suspend(suspended);
  return { highLevel, refused, suspended, open };
};

describe.each([
  ['found by the connector', false],
  ['listed in location_ids', true],
] as const)('of five locations, %s,', (_, isListed) => {
  test.each(POLICIES)('one refused and one suspended under %s', async (policy) => {
    const { highLevel, refused, suspended, open } = await startWithTwoClosed();
    const listed = isListed ? { location_ids: [...highLevel.simulator.world.locationIds()] } : {};
    const run = await connect(highLevel, { settings: { inaccessible_locations: policy, ...listed } }).read(
      SELECTION,
    );
    expect(lossOf(highLevel, 'contacts', run.records('contacts'), open)).toEqual([]);
    expect(run.end('locations')).toBe('COMPLETE');
    const statuses = new Map(
      run
        .records('locations')
        .map((row) => [row['location_id'], [row['access_status'], row['access_error']]]),
    );
    expect(statuses.get(refused)).toEqual(['refused', expect.stringContaining('no access')]);
    expect(statuses.get(suspended)).toEqual(['inactive', expect.stringContaining('not active')]);
    for (const id of open) expect(statuses.get(id)).toEqual(['ok', null]);

    const skipped: readonly string[] = {
      skip_all: [refused, suspended],
      skip_inactive: [suspended],
      fail: [],
    }[policy];
    const failed = [refused, suspended].filter((id) => !skipped.includes(id));
    const isComplete = failed.length === 0;
    expect(run.exitCode).toBe(isComplete ? 0 : 1);
    for (const stream of ['contacts', 'campaigns']) {
      expect(run.end(stream)).toBe(isComplete ? 'COMPLETE' : 'INCOMPLETE');
      const message = run.errors
        .filter((error) => error.stream_descriptor?.name === stream)
        .map((error) => error.message)
        .join(' ');
      for (const id of failed) expect(message).toContain(id);
      for (const id of skipped) expect(message).not.toContain(id);
    }
    for (const id of skipped) expect(run.warnings.filter((warning) => warning.includes(id))).not.toEqual([]);
    expect(run.errors.filter((error) => error.failure_type !== 'config_error')).toEqual([]);
  });
});

test('a location that refuses is not asked again and again', async () => {
  const { highLevel, refused, suspended } = await startWithTwoClosed();
  const run = await connect(highLevel).read(SELECTION);
  for (const id of [refused, suspended]) {
    expect(run.calls.filter(({ locationId }) => locationId === id).length).toBeLessThanOrEqual(2);
  }
});

const closings: [string, (highLevel: HighLevel, id: string) => void][] = [
  [
    'uninstalled',
    ({ simulator }, id) => {
      simulator.admin.uninstall(id);
    },
  ],
  [
    'suspended',
    ({ simulator }, id) => {
      simulator.admin.suspend(id);
    },
  ],
  [
    'deleted',
    ({ simulator }, id) => {
      simulator.world.removeLocation(id);
    },
  ],
];

describe.each(closings)('locations that were read before and are now %s', (_, close) => {
  test('are an incident when two of five go at once, whatever the policy', async () => {
    const highLevel = await startHighLevel({ locations: 5 });
    const connection = connect(highLevel, { settings: { inaccessible_locations: 'skip_all' } });
    const first = await connection.read({ contacts: 'incremental' });
    highLevel.passTime(3 * HOUR_MS);
    const [one = '', two = '', ...open] = highLevel.simulator.world.locationIds();
    const [three = ''] = open;
    close(highLevel, one);
    close(highLevel, two);
    highLevel.simulator.world.addContact(three);
    highLevel.passTime(HOUR_MS);
    for (const attempt of ['0', '1']) {
      const run = await connection.read(
        { contacts: 'incremental' },
        { env: { WORKER_JOB_ATTEMPT: attempt } },
      );
      expect(run.exitCode).toBe(1);
      expect(run.end('contacts')).toBe('INCOMPLETE');
      const message = run.errors.map((error) => error.message).join(' ');
      expect(message).toContain(one);
      expect(message).toContain(two);
      expect(
        lossOf(highLevel, 'contacts', [...first.records('contacts'), ...run.records('contacts')], open),
      ).toEqual([]);
    }
  });

  test('are no incident one at a time', async () => {
    const highLevel = await startHighLevel({ locations: 5 });
    const connection = connect(highLevel, { settings: { inaccessible_locations: 'skip_all' } });
    await connection.read({ contacts: 'incremental' });
    for (const id of highLevel.simulator.world.locationIds().slice(0, 2)) {
      highLevel.passTime(3 * HOUR_MS);
      close(highLevel, id);
      const run = await connection.read({ contacts: 'incremental' });
      expect([run.exitCode, run.end('contacts')]).toEqual([0, 'COMPLETE']);
      expect(run.warnings.filter((warning) => warning.includes(id))).not.toEqual([]);
    }
  });
});

test('the policy "fail" fails for a location whose app was taken off, too', async () => {
  const highLevel = await startHighLevel({ locations: 5 });
  const connection = connect(highLevel, { settings: { inaccessible_locations: 'fail' } });
  await connection.read({ contacts: 'incremental' });
  const [gone = ''] = highLevel.simulator.world.locationIds();
  highLevel.simulator.admin.uninstall(gone);
  const run = await connection.read({ contacts: 'incremental' });
  expect(run.exitCode).toBe(1);
  expect(run.errors.map((error) => error.message).join(' ')).toContain(gone);
});

test.each(POLICIES)(
  'no readable location is a failure under %s, in a sync and in a check',
  async (policy) => {
    const highLevel = await startHighLevel({ locations: 3 });
    for (const id of highLevel.simulator.world.locationIds()) highLevel.simulator.admin.suspend(id);
    const connection = connect(highLevel, { settings: { inaccessible_locations: policy } });
    const run = await connection.read({ contacts: 'incremental', campaigns: 'full_refresh' });
    expect(run.exitCode).toBe(1);
    expect([run.end('contacts'), run.end('campaigns')]).toEqual(['INCOMPLETE', 'INCOMPLETE']);
    expect(run.calls.filter(isSearch('contacts'))).toEqual([]);
    expect(checkResult(await connection.check()).status).toBe('FAILED');
  },
);

test('a location without rows is read like any other', async () => {
  const highLevel = await startHighLevel({
    locations: [{ contacts: 0, opportunities: 0, pipelines: 0, campaigns: 0 }, { contacts: 3 }],
  });
  const connection = connect(highLevel);
  const run = await connection.read({
    ...SELECTION,
    opportunities: 'incremental',
    pipelines: 'full_refresh',
  });
  expect(run.exitCode).toBe(0);
  expect(run.records('contacts')).toHaveLength(3);
  highLevel.passTime(HOUR_MS);
  expect((await connection.read({ contacts: 'incremental' })).exitCode).toBe(0);
});

test('private tokens of which one was revoked fail for that location, and can skip it', async () => {
  const highLevel = await startHighLevel({ locations: 3 });
  const [revoked = '', ...open] = highLevel.simulator.world.locationIds();
  highLevel.simulator.admin.revokeAccessTokens(
    ({ tokenClass, resourceId }) => tokenClass === 'pit-location' && resourceId === revoked,
  );
  const connection = connect(highLevel, { kind: 'private' });
  const failed = await connection.read(SELECTION);
  expect([failed.exitCode, failed.end('contacts')]).toEqual([1, 'INCOMPLETE']);
  expect(lossOf(highLevel, 'contacts', failed.records('contacts'), open)).toEqual([]);
  expect(failed.errors[0]?.message).toContain(revoked);
  connection.configure({ inaccessible_locations: 'skip_all' });
  connection.reset();
  const skipped = await connection.read(SELECTION);
  expect([skipped.exitCode, skipped.end('contacts')]).toEqual([0, 'COMPLETE']);
  const check = checkResult(await connection.check());
  expect(check.status).toBe('SUCCEEDED');
});
