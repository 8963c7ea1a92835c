import { describe, expect, test } from '@jest/globals';
import { isJsonArray, isJsonObject, textAt } from '../../src/foundation/json.ts';
import { connect, type Run } from '../support/connection.ts';
import { type HighLevel, isSearch, startHighLevel } from '../support/highlevel.ts';
import { onlyLocation } from '../support/only-location.ts';
import { idsOf, lossOf, repeatsIn, type SearchStreamName } from '../support/warehouse.ts';

const HOUR_MS = 3_600_000;
const OLD = '2022-02-02T02:02:02.002Z';

/** Does something before the `nth` search of the stream is answered, and only once. */
const beforeSearch = (highLevel: HighLevel, stream: SearchStreamName, nth: number, act: () => void): void => {
  let seen = 0;
  const isWanted = isSearch(stream);
  const remove = highLevel.simulator.beforeAnswer((call) => {
    if (!isWanted(call) || (seen += 1) < nth) return;
    remove();
    act();
  });
};

const sortedIds = (highLevel: HighLevel, stream: SearchStreamName): readonly string[] => {
  const added = stream === 'contacts' ? 'dateAdded' : 'createdAt';
  return [...highLevel.simulator.world[stream](onlyLocation(highLevel))]
    .sort((a, b) => ((textAt(a, added) ?? '') < (textAt(b, added) ?? '') ? -1 : 1))
    .map((row) => textAt(row, 'id') ?? '');
};

const edit = (highLevel: HighLevel, stream: SearchStreamName, ids: readonly string[]): void => {
  const { world } = highLevel.simulator;
  const locationId = onlyLocation(highLevel);
  for (const id of ids) {
    if (stream === 'contacts') world.updateContact(locationId, id, { source: 'edited' });
    else world.updateOpportunity(locationId, id, { source: 'edited' });
  }
};

const recordsOf = (stream: string, ...runs: readonly Run[]) => runs.flatMap((run) => run.records(stream));

describe.each(['contacts', 'opportunities'] as const)('%s that are edited', (stream) => {
  const options = {
    contactsPerLocation: 30,
    opportunitiesPerLocation: 30,
    knobs: { silentPageSize: 7 },
  } as const;

  test('during the backfill are all read, at the latest by the next sync', async () => {
    const highLevel = await startHighLevel(options);
    const ids = sortedIds(highLevel, stream);
    beforeSearch(highLevel, stream, 3, () => {
      edit(
        highLevel,
        stream,
        [ids[2], ids[13], ids[14], ids[22], ids[29]].filter((id) => id !== undefined),
      );
    });
    const connection = connect(highLevel);
    const first = await connection.read({ [stream]: 'incremental' });
    expect(idsOf(first.records(stream))).toEqual([...ids].sort());
    highLevel.passTime(HOUR_MS);
    const second = await connection.read({ [stream]: 'incremental' });
    expect(lossOf(highLevel, stream, recordsOf(stream, first, second))).toEqual([]);
  });

  test('during a full refresh are in it once', async () => {
    const highLevel = await startHighLevel(options);
    const ids = sortedIds(highLevel, stream);
    beforeSearch(highLevel, stream, 2, () => {
      edit(highLevel, stream, ids.slice(4, 24));
    });
    const run = await connect(highLevel, { settings: { start_date: '2020-01-01T00:00:00Z' } }).read({
      [stream]: 'full_refresh',
    });
    expect(idsOf(run.records(stream))).toEqual([...ids].sort());
    expect(repeatsIn(run.records(stream))).toEqual([]);
  });

  test('during an incremental sync of many pages are all read, at the latest by the next', async () => {
    const highLevel = await startHighLevel(options);
    const ids = sortedIds(highLevel, stream);
    const connection = connect(highLevel);
    const first = await connection.read({ [stream]: 'incremental' });
    highLevel.passTime(5 * HOUR_MS);
    edit(highLevel, stream, ids.slice(0, 25));
    highLevel.passTime(2 * HOUR_MS);
    beforeSearch(highLevel, stream, 4, () => {
      edit(highLevel, stream, ids.slice(3, 28));
    });
    const second = await connection.read({ [stream]: 'incremental' });
    highLevel.passTime(2 * HOUR_MS);
    const third = await connection.read({ [stream]: 'incremental' });
    expect(lossOf(highLevel, stream, recordsOf(stream, first, second, third))).toEqual([]);
  });

  test('shortly before a sync are found by the next when the index shows them late', async () => {
    const highLevel = await startHighLevel({ ...options, knobs: { indexLagMs: 55_000 } });
    const ids = sortedIds(highLevel, stream);
    const settings = { lookback_window_minutes: 1 };
    const connection = connect(highLevel, { settings });
    edit(highLevel, stream, ids.slice(0, 3));
    const first = await connection.read({ [stream]: 'incremental' });
    highLevel.passTime(HOUR_MS);
    edit(highLevel, stream, ids.slice(3, 6));
    // This one is seen at once, and takes the cursor beyond the others.
    const { world } = highLevel.simulator;
    highLevel.passTime(50_000);
    const locationId = onlyLocation(highLevel);
    if (stream === 'contacts') world.addContact(locationId, {}, { lagMs: 0 });
    else world.addOpportunity(locationId, {}, { lagMs: 0 });
    highLevel.passTime(2_000);
    const second = await connection.read({ [stream]: 'incremental' });
    highLevel.passTime(HOUR_MS);
    const third = await connection.read({ [stream]: 'incremental' });
    expect(lossOf(highLevel, stream, recordsOf(stream, first, second, third))).toEqual([]);
  });
});

test('rows that come and go during a walk take no others with them', async () => {
  const highLevel = await startHighLevel({ contactsPerLocation: 40, knobs: { silentPageSize: 8 } });
  const { world } = highLevel.simulator;
  const locationId = onlyLocation(highLevel);
  const ids = sortedIds(highLevel, 'contacts');
  beforeSearch(highLevel, 'contacts', 3, () => {
    // The last of the page before, which the token names, and others behind and ahead.
    for (const at of [15, 3, 4, 20, 39]) world.deleteContact(locationId, ids[at] ?? '');
    world.addContact(locationId, { dateAdded: OLD });
    world.addContacts(locationId, 3);
  });
  const connection = connect(highLevel);
  const first = await connection.read({ contacts: 'incremental' });
  expect(first.exitCode).toBe(0);
  highLevel.passTime(HOUR_MS);
  const second = await connection.read({ contacts: 'incremental' });
  expect(lossOf(highLevel, 'contacts', recordsOf('contacts', first, second))).toEqual([]);
});

describe('rows without an update time', () => {
  test('are in the backfill', async () => {
    const highLevel = await startHighLevel({
      contactsPerLocation: 30,
      shareNeverUpdated: 0.6,
      knobs: { silentPageSize: 7 },
    });
    const run = await connect(highLevel, { settings: { start_date: '2020-01-01T00:00:00Z' } }).read({
      contacts: 'incremental',
      opportunities: 'incremental',
    });
    expect(lossOf(highLevel, 'contacts', run.records('contacts'))).toEqual([]);
    expect(lossOf(highLevel, 'opportunities', run.records('opportunities'))).toEqual([]);
  });

  test.each([
    ['a few', 3],
    ['more than a page', 18],
  ])('%s that were created since the last sync are in the next', async (_, count) => {
    const highLevel = await startHighLevel({ contactsPerLocation: 12, knobs: { silentPageSize: 5 } });
    const { world } = highLevel.simulator;
    const locationId = onlyLocation(highLevel);
    const connection = connect(highLevel);
    const first = await connection.read({ contacts: 'incremental' });
    highLevel.passTime(3 * HOUR_MS);
    world.addContacts(locationId, count, {}, { updatedAt: 'none' });
    world.addContacts(locationId, count);
    highLevel.passTime(HOUR_MS);
    const second = await connection.read({ contacts: 'incremental' });
    expect(lossOf(highLevel, 'contacts', recordsOf('contacts', first, second))).toEqual([]);

    highLevel.passTime(5 * HOUR_MS);
    world.addContacts(locationId, count, {}, { updatedAt: 'none' });
    highLevel.passTime(HOUR_MS);
    const third = await connection.read({ contacts: 'incremental' });
    expect(lossOf(highLevel, 'contacts', recordsOf('contacts', first, second, third))).toEqual([]);
  });
});

test.each([
  ['a few', 3],
  ['more than a page', 18],
])('%s imported rows whose update time lies before the cursor are read', async (_, count) => {
  const highLevel = await startHighLevel({ contactsPerLocation: 12, knobs: { silentPageSize: 5 } });
  const { world } = highLevel.simulator;
  const locationId = onlyLocation(highLevel);
  const connection = connect(highLevel);
  const first = await connection.read({ contacts: 'incremental' });
  highLevel.passTime(3 * HOUR_MS);
  world.addContacts(locationId, count, { dateUpdated: OLD });
  world.addContacts(locationId, 7);
  highLevel.passTime(HOUR_MS);
  const second = await connection.read({ contacts: 'incremental' });
  expect(lossOf(highLevel, 'contacts', recordsOf('contacts', first, second))).toEqual([]);
});

test('rows imported during the backfill with an old update time are in the next sync', async () => {
  const highLevel = await startHighLevel({ contactsPerLocation: 30, knobs: { silentPageSize: 7 } });
  beforeSearch(highLevel, 'contacts', 3, () => {
    highLevel.passTime(2_000);
    highLevel.simulator.world.addContacts(onlyLocation(highLevel), 4, { dateUpdated: OLD });
  });
  const connection = connect(highLevel);
  const first = await connection.read({ contacts: 'incremental' });
  highLevel.passTime(HOUR_MS);
  const second = await connection.read({ contacts: 'incremental' });
  expect(lossOf(highLevel, 'contacts', recordsOf('contacts', first, second))).toEqual([]);
});

test.each(['contacts', 'opportunities'] as const)(
  '%s that a search shows newer than it has indexed them hide no row behind them',
  async (stream) => {
    const highLevel = await startHighLevel({
      contactsPerLocation: 30,
      opportunitiesPerLocation: 30,
      knobs: { silentPageSize: 7 },
    });
    const connection = connect(highLevel);
    const first = await connection.read({ [stream]: 'incremental' });
    highLevel.passTime(3 * HOUR_MS);
    const ids = sortedIds(highLevel, stream);
    for (const id of ids) {
      edit(highLevel, stream, [id]);
      highLevel.passTime(60_000);
    }
    // The last two of the first page are edited again: the index does not know yet, the rows themselves do.
    highLevel.simulator.knobs.indexLagMs = HOUR_MS;
    edit(highLevel, stream, ids.slice(5, 7));
    const world = highLevel.simulator.world[stream](onlyLocation(highLevel));
    const current = new Map(world.map((row) => [textAt(row, 'id'), row]));
    highLevel.rewriteAnswers((body) => {
      const list = body[stream];
      if (!isJsonArray(list)) return undefined;
      const rows = list.filter(isJsonObject).map((row) => ({ ...row, ...current.get(textAt(row, 'id')) }));
      return { ...body, [stream]: rows };
    });
    highLevel.passTime(60_000);
    const second = await connection.read({ [stream]: 'incremental' });
    expect(lossOf(highLevel, stream, recordsOf(stream, first, second))).toEqual([]);
  },
);
