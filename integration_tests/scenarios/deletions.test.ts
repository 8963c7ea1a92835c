import { describe, expect, test } from '@jest/globals';
import { isJsonArray, isJsonObject, type JsonObject, textAt } from '../../src/foundation/json.ts';
import { connect } from '../support/connection.ts';
import { isSearch, startHighLevel } from '../support/highlevel.ts';
import { idIn } from '../support/subjects.ts';
import { keyOf } from '../support/warehouse.ts';

const HOUR_MS = 3_600_000;

/** The join of the documentation: what is in the table, of a location that was read, and not among the ids. */
const deletedIn = (
  table: readonly JsonObject[],
  ids: readonly JsonObject[],
  locations: readonly JsonObject[],
): readonly string[] => {
  const living = new Set(ids.map(keyOf));
  const read = new Set(
    locations.filter((row) => row['access_status'] === 'ok').map((row) => textAt(row, 'location_id')),
  );
  return table
    .filter((row) => read.has(textAt(row, 'location_id')) && !living.has(keyOf(row)))
    .map((row) => textAt(row, 'id') ?? '')
    .sort();
};

describe.each([
  { stream: 'contacts', snapshot: 'contact_ids' },
  { stream: 'opportunities', snapshot: 'opportunity_ids' },
] as const)('$snapshot', ({ stream, snapshot }) => {
  const selection = {
    [stream]: 'incremental',
    [snapshot]: 'full_refresh',
    locations: 'full_refresh',
  } as const;

  test('finds what was deleted, and of a skipped location nothing', async () => {
    const highLevel = await startHighLevel({
      locations: 3,
      contactsPerLocation: 12,
      opportunitiesPerLocation: 12,
      knobs: { rateLimits: 'off', silentPageSize: 5 },
    });
    const { world, admin } = highLevel.simulator;
    const [one = '', two = '', three = ''] = world.locationIds();
    const connection = connect(highLevel);
    const first = await connection.read(selection);
    const table = [...first.records(stream)];
    expect(deletedIn(table, first.records(snapshot), first.records('locations'))).toEqual([]);
    highLevel.passTime(3 * HOUR_MS);
    const remove = stream === 'contacts' ? world.deleteContact : world.deleteOpportunity;
    const gone = [one, one, two, three].map((locationId) => {
      const id = idIn(world[stream](locationId)[0] ?? {});
      remove(locationId, id);
      return id;
    });
    admin.suspend(three);
    highLevel.passTime(HOUR_MS);
    const second = await connection.read(selection);
    table.push(...second.records(stream));
    expect(second.records(snapshot).some((row) => row['location_id'] === three)).toBe(false);
    expect(deletedIn(table, second.records(snapshot), second.records('locations'))).toEqual(
      gone.slice(0, 3).sort(),
    );
  });

  test('deletes nothing of a location that is suspended in the middle of its ids', async () => {
    const highLevel = await startHighLevel({
      locations: 2,
      contactsPerLocation: 20,
      opportunitiesPerLocation: 20,
      knobs: { rateLimits: 'off', silentPageSize: 5 },
    });
    const { world, admin } = highLevel.simulator;
    const [lost = ''] = world.locationIds();
    const connection = connect(highLevel);
    const { records } = await connection.read(selection);
    const table = [...records(stream)];
    highLevel.passTime(3 * HOUR_MS);
    let pages = 0;
    highLevel.simulator.beforeAnswer((call) => {
      if (!isSearch(stream, lost)(call) || (pages += 1) !== 3) return;
      admin.suspend(lost);
    });
    const second = await connection.read({ [snapshot]: 'full_refresh', locations: 'full_refresh' });
    expect(second.records(snapshot).filter((row) => row['location_id'] === lost)).not.toEqual([]);
    // A stream that did not end well replaces no table.
    const ids = second.end(snapshot) === 'COMPLETE' ? second.records(snapshot) : records(snapshot);
    expect(deletedIn(table, ids, second.records('locations'))).toEqual([]);
  });

  test('deletes nothing that HighLevel counts but does not give', async () => {
    const highLevel = await startHighLevel({
      contactsPerLocation: 20,
      opportunitiesPerLocation: 20,
      knobs: { rateLimits: 'off', silentPageSize: 6 },
    });
    const connection = connect(highLevel);
    const { records } = await connection.read(selection);
    const [hidden = {}] = records(stream);
    highLevel.rewriteAnswers((body, { pathname }) => {
      const list = body[stream];
      if (pathname !== `/${stream}/search` || !isJsonArray(list)) return undefined;
      return { ...body, [stream]: list.filter((row) => !isJsonObject(row) || row['id'] !== hidden['id']) };
    });
    highLevel.passTime(3 * HOUR_MS);
    const second = await connection.read({ [snapshot]: 'full_refresh', locations: 'full_refresh' });
    // A stream that did not end well replaces no table.
    const ids = second.end(snapshot) === 'COMPLETE' ? second.records(snapshot) : records(snapshot);
    expect(deletedIn(records(stream), ids, second.records('locations'))).toEqual([]);
  });

  test('has every row though a start date leaves most of them out of the stream', async () => {
    const highLevel = await startHighLevel({
      contactsPerLocation: 15,
      opportunitiesPerLocation: 15,
      knobs: { rateLimits: 'off' },
    });
    const run = await connect(highLevel, { settings: { start_date: '2026-01-01T00:00:00Z' } }).read({
      [snapshot]: 'full_refresh',
    });
    expect(run.records(snapshot)).toHaveLength(15);
  });
});
