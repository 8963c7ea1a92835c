import { describe, expect, test } from '@jest/globals';
import { isJsonObject, type JsonObject, textAt } from '../../src/foundation/json.ts';
import type { Call } from '../simulator/call.ts';
import { connect } from '../support/connection.ts';
import { isListing, isMint, isSearch, startHighLevel } from '../support/highlevel.ts';
import { onlyLocation } from '../support/only-location.ts';
import { idsOf, lossOf, repeatsIn } from '../support/warehouse.ts';

const BOTH = { contacts: 'incremental', opportunities: 'incremental' } as const;
const CONTACTS = { contacts: 'incremental' } as const;
const HOUR_MS = 3_600_000;
const LISTS = {
  locations: 'full_refresh',
  pipelines: 'full_refresh',
  campaigns: 'full_refresh',
  custom_fields: 'full_refresh',
} as const;

const filtersOf = ({ body }: Call): string => JSON.stringify(isJsonObject(body) ? body['filters'] : null);

const entryOf = (state: JsonObject | undefined, locationId: string): unknown => {
  const entries = state?.['states'];
  return Array.isArray(entries)
    ? entries.find((entry) => JSON.stringify(entry).includes(locationId))
    : undefined;
};

test('a first sync reads every row of every location once', async () => {
  const highLevel = await startHighLevel({ locations: 3, contactsPerLocation: 20, shareNeverUpdated: 0.2 });
  const run = await connect(highLevel).read({ ...BOTH, ...LISTS });
  const { world } = highLevel.simulator;
  expect(run.exitCode).toBe(0);
  for (const stream of ['contacts', 'opportunities'] as const) {
    expect(lossOf(highLevel, stream, run.records(stream))).toEqual([]);
    expect(repeatsIn(run.records(stream))).toEqual([]);
  }
  const everywhere = (list: (locationId: string) => readonly JsonObject[]): readonly string[] =>
    idsOf(world.locationIds().flatMap(list));
  expect(idsOf(run.records('pipelines'))).toEqual(everywhere(world.pipelines));
  expect(idsOf(run.records('campaigns'))).toEqual(everywhere(world.campaigns));
  expect(idsOf(run.records('custom_fields'))).toEqual(everywhere(world.customFields));
  expect(run.records('locations').map((row) => [row['location_id'], row['access_status']])).toEqual(
    expect.arrayContaining(world.locationIds().map((id) => [id, 'ok'])),
  );
});

test('an idle sync asks each location once a stream, and reads nothing', async () => {
  const highLevel = await startHighLevel({ locations: 3, contactsPerLocation: 12 });
  const connection = connect(highLevel);
  await connection.read(BOTH);
  highLevel.passTime(2 * HOUR_MS);
  const idle = await connection.read(BOTH);
  expect([...idle.records('contacts'), ...idle.records('opportunities')]).toEqual([]);
  for (const locationId of highLevel.simulator.world.locationIds()) {
    expect(idle.calls.filter(isSearch('contacts', locationId)).length).toBeLessThanOrEqual(1);
    expect(idle.calls.filter(isSearch('opportunities', locationId)).length).toBeLessThanOrEqual(1);
    expect(idle.calls.filter((call) => isMint(call) && call.locationId === locationId)).toHaveLength(1);
  }
  const others = idle.calls.filter(
    (call) => !isSearch('contacts')(call) && !isSearch('opportunities')(call) && !isMint(call),
  );
  expect(others.filter((call) => !isListing(call))).toEqual([]);
  expect(others.length).toBeLessThanOrEqual(2);
});

test('a sync after edits reads what was edited, added and imported, and little else', async () => {
  const highLevel = await startHighLevel({ locations: 2, contactsPerLocation: 15 });
  const { world } = highLevel.simulator;
  const [one = '', two = ''] = world.locationIds();
  const connection = connect(highLevel);
  const first = await connection.read(BOTH);
  highLevel.passTime(5 * HOUR_MS);
  const [edited = {}, deleted = {}] = world.contacts(one);
  world.updateContact(one, textAt(edited, 'id') ?? '', { city: 'Elsewhere' });
  world.deleteContact(one, textAt(deleted, 'id') ?? '');
  const added = world.addContact(two);
  const deal = world.addOpportunity(two);
  highLevel.passTime(HOUR_MS);
  const second = await connection.read(BOTH);
  expect(idsOf(second.records('contacts'))).toEqual(idsOf([edited, added]));
  expect(idsOf(second.records('opportunities'))).toEqual(idsOf([deal]));
  for (const stream of ['contacts', 'opportunities'] as const) {
    const both = [...first.records(stream), ...second.records(stream)];
    expect(lossOf(highLevel, stream, both)).toEqual([]);
  }
});

test('an added location is read from its beginning, though others are far ahead', async () => {
  const highLevel = await startHighLevel({ locations: 2 });
  const connection = connect(highLevel);
  await connection.read(BOTH);
  highLevel.passTime(5 * HOUR_MS);
  const added = highLevel.simulator.world.addLocation({ contacts: 9, opportunities: 4 });
  const second = await connection.read(BOTH);
  expect(lossOf(highLevel, 'contacts', second.records('contacts'), [added])).toEqual([]);
  expect(lossOf(highLevel, 'opportunities', second.records('opportunities'), [added])).toEqual([]);
  expect(second.records('contacts')).toHaveLength(9);
});

describe('a location that comes back resumes from the entry that was kept', () => {
  test('after the app was taken off it', async () => {
    const highLevel = await startHighLevel({ locations: 4 });
    const { world, admin } = highLevel.simulator;
    const [left = ''] = world.locationIds();
    const connection = connect(highLevel);
    await connection.read(CONTACTS);
    const entry = entryOf(connection.states().get('contacts'), left);
    highLevel.passTime(5 * HOUR_MS);
    admin.uninstall(left);
    const without = await connection.read(CONTACTS);
    expect(without.exitCode).toBe(0);
    expect(without.warnings.join(' ')).toContain(left);
    expect(entryOf(connection.states().get('contacts'), left)).toEqual(entry);
    expect(
      without.calls.filter(
        ({ path, query }) => path === '/oauth/installedLocations' && query['locationId'] === left,
      ),
    ).toHaveLength(1);

    const edited = world.addContact(left);
    highLevel.passTime(5 * HOUR_MS);
    admin.install(left);
    const back = await connection.read(CONTACTS);
    expect(idsOf(back.records('contacts'))).toEqual(idsOf([edited]));
    expect(back.calls.filter(isSearch('contacts', left))).toHaveLength(1);
  });

  test('after it was excluded', async () => {
    const highLevel = await startHighLevel({ locations: 2 });
    const { world } = highLevel.simulator;
    const [left = ''] = world.locationIds();
    const connection = connect(highLevel);
    await connection.read(CONTACTS);
    const entry = entryOf(connection.states().get('contacts'), left);
    highLevel.passTime(5 * HOUR_MS);
    connection.configure({ exclude_location_ids: [left] });
    const without = await connection.read(CONTACTS);
    expect(without.calls.filter(({ locationId }) => locationId === left)).toEqual([]);
    expect(entryOf(connection.states().get('contacts'), left)).toEqual(entry);

    const edited = world.addContact(left);
    highLevel.passTime(HOUR_MS);
    connection.configure({ exclude_location_ids: [] });
    const back = await connection.read(CONTACTS);
    expect(idsOf(back.records('contacts'))).toEqual(idsOf([edited]));
  });
});

test('a location that the list leaves out is asked for by its id, and read', async () => {
  const highLevel = await startHighLevel({ locations: 3 });
  const { world } = highLevel.simulator;
  const [hidden = ''] = world.locationIds();
  const connection = connect(highLevel);
  await connection.read(CONTACTS);
  highLevel.rewriteAnswers((body, { pathname, searchParams }) => {
    const list = body['locations'];
    if (pathname !== '/oauth/installedLocations' || searchParams.has('locationId') || !Array.isArray(list))
      return undefined;
    return { ...body, locations: list.filter((row) => !JSON.stringify(row).includes(hidden)) };
  });
  highLevel.passTime(2 * HOUR_MS);
  const added = world.addContact(hidden);
  // HighLevel tells its time in whole seconds: what changed within the last one is the next sync's part.
  highLevel.passTime(60_000);
  const run = await connection.read(CONTACTS);
  expect(idsOf(run.records('contacts'))).toEqual(idsOf([added]));
  expect(run.warnings.join(' ')).toContain(hidden);
});

test.each([1, 14])(
  'every location is found though pages of the list have no order (world %i)',
  async (seed) => {
    const highLevel = await startHighLevel({
      seed,
      locations: 120,
      contactsPerLocation: 0,
      knobs: { rateLimits: 'off' },
    });
    const run = await connect(highLevel).read({ locations: 'full_refresh' });
    const found = new Set(run.records('locations').map((row) => row['location_id']));
    expect(highLevel.simulator.world.locationIds().filter((id) => !found.has(id))).toEqual([]);
  },
);

describe('the start date', () => {
  const START = '2024-10-01T00:00:00.000Z';
  const EARLIER = '2024-02-01T00:00:00.000Z';
  const updatedOf = (row: JsonObject): string => textAt(row, 'dateUpdated') ?? textAt(row, 'updatedAt') ?? '';

  test('leaves out what was last changed before it, and keeps rows that do not say', async () => {
    const highLevel = await startHighLevel({ contactsPerLocation: 30, shareNeverUpdated: 0.2 });
    const run = await connect(highLevel, { settings: { start_date: START } }).read(CONTACTS);
    const expected = highLevel.simulator.world
      .contacts(onlyLocation(highLevel))
      .filter((row) => updatedOf(row) === '' || updatedOf(row) >= START);
    expect(idsOf(run.records('contacts'))).toEqual(idsOf(expected));
  });

  test.each([EARLIER, undefined])('moved back to %s reads exactly the gap', async (earlier) => {
    const highLevel = await startHighLevel({
      contactsPerLocation: 40,
      opportunitiesPerLocation: 40,
      shareNeverUpdated: 0.2,
      knobs: { silentPageSize: 7 },
    });
    const locationId = onlyLocation(highLevel);
    const { world } = highLevel.simulator;
    const connection = connect(highLevel, { settings: { start_date: START } });
    const first = await connection.read(BOTH);
    highLevel.passTime(3 * HOUR_MS);
    connection.configure({ start_date: earlier ?? '' });
    const second = await connection.read(BOTH);
    for (const stream of ['contacts', 'opportunities'] as const) {
      const gap = world[stream](locationId).filter(
        (row) => updatedOf(row) !== '' && updatedOf(row) < START && updatedOf(row) >= (earlier ?? ''),
      );
      expect(idsOf(second.records(stream))).toEqual(idsOf(gap));
    }
    const all = [...first.records('contacts'), ...second.records('contacts')];
    const lost = lossOf(highLevel, 'contacts', all);
    // Everything, if there is no start date any more.
    expect(lost.length > 0).toBe(earlier !== undefined);
    highLevel.passTime(3 * HOUR_MS);
    const third = await connection.read(BOTH);
    expect([...third.records('contacts'), ...third.records('opportunities')]).toEqual([]);
  });

  test('moved forward asks for nothing again, and loses no later change', async () => {
    const highLevel = await startHighLevel({ contactsPerLocation: 12 });
    const connection = connect(highLevel);
    await connection.read(CONTACTS);
    highLevel.passTime(3 * HOUR_MS);
    const added = highLevel.simulator.world.addContact(onlyLocation(highLevel));
    highLevel.passTime(HOUR_MS);
    connection.configure({ start_date: START });
    const second = await connection.read(CONTACTS);
    expect(idsOf(second.records('contacts'))).toEqual(idsOf([added]));
    expect(second.calls.filter(isSearch('contacts')).map(filtersOf).join(' ')).toContain('gte');
  });
});
