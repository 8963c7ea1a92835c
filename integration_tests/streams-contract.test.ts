import { describe, expect, test } from '@jest/globals';
import { isJsonObject, type JsonObject, textAt } from '../src/foundation/json.ts';
import { isSearchStream } from '../src/stream/definition.ts';
import { streams } from '../src/streams/index.ts';
import type { World } from './simulator/world.ts';
import { connect, discoveredStreams, type Run } from './support/connection.ts';
import { onlyLocation, startHighLevel } from './support/highlevel.ts';

/** Where the simulator keeps each stream's rows; a stream that is added needs a line here. */
const TRUTH: Readonly<Record<string, (world: World, locationId: string) => readonly JsonObject[]>> = {
  locations: (world) => world.locations(),
  contacts: (world, locationId) => world.contacts(locationId),
  opportunities: (world, locationId) => world.opportunities(locationId),
  pipelines: (world, locationId) => world.pipelines(locationId),
  campaigns: (world, locationId) => world.campaigns(locationId),
  ['custom_fields']: (world, locationId) => world.customFields(locationId),
};

const HOUR_MS = 3_600_000;
const LOOKBACK_MS = HOUR_MS;

const idOf = (row: JsonObject): string => textAt(row, 'id') ?? textAt(row, 'location_id') ?? '';

describe.each(streams)('$name', (stream) => {
  const { name, scope, primaryKey } = stream;
  const mode = isSearchStream(stream) ? 'incremental' : 'full_refresh';

  test('has a schema that holds its key and its cursor', async () => {
    const discovered = (await discoveredStreams()).find((candidate) => candidate.name === name);
    const properties = discovered?.json_schema['properties'];
    const columns = isJsonObject(properties) ? Object.keys(properties) : [];
    expect(columns).toEqual(expect.arrayContaining([...primaryKey, 'location_id', 'additional_fields']));
    expect(discovered?.source_defined_primary_key).toEqual(primaryKey.map((column) => [column]));
    expect(columns).toEqual(expect.arrayContaining([...(discovered?.default_cursor_field ?? [])]));
    expect(discovered?.supported_sync_modes.includes('incremental')).toBe(isSearchStream(stream));
    expect(discovered?.is_resumable).toBe(isSearchStream(stream));
  });

  test('reads all its rows, and asks from the checkpoint next time', async () => {
    const highLevel = await startHighLevel({
      locations: [{ contacts: 15, opportunities: 15, campaigns: 3 }],
      knobs: { silentPageSize: 6 },
    });
    const locationId = onlyLocation(highLevel);
    const connection = connect(highLevel);
    const first = await connection.read({ [name]: mode });
    const truth = TRUTH[name]?.(highLevel.simulator.world, locationId) ?? [];
    expect(truth).not.toEqual([]);
    expect(first.records(name).map(idOf).sort()).toEqual(truth.map(idOf).sort());

    highLevel.passTime(6 * HOUR_MS);
    const second = await connection.read({ [name]: mode });
    expect(second.exitCode).toBe(0);
    expect(second.records(name)).toHaveLength(isSearchStream(stream) ? 0 : truth.length);
  });

  test('is complete, and has a state, in a location without rows', async () => {
    const highLevel = await startHighLevel({
      locations: [{ contacts: 0, opportunities: 0, pipelines: 0, campaigns: 0 }],
    });
    highLevel.simulator.world.setList(onlyLocation(highLevel), 'customFields', []);
    const run = await connect(highLevel).read({ [name]: mode });
    expect([run.exitCode, run.end(name)]).toEqual([0, 'COMPLETE']);
    expect(run.records(name)).toHaveLength(name === 'locations' ? 1 : 0);
    expect(run.states(name)).toHaveLength(1);
  });

  test('says which scope it lacks', async () => {
    const highLevel = await startHighLevel();
    highLevel.simulator.admin.removeScope(scope);
    const run = await connect(highLevel).read({ [name]: mode });
    // The rows of the locations need no scope: they come without a profile.
    const isDirectory = name === 'locations';
    expect([run.exitCode, run.end(name)]).toEqual(isDirectory ? [0, 'COMPLETE'] : [1, 'INCOMPLETE']);
    expect(run.records(name)).toHaveLength(isDirectory ? 1 : 0);
    expect([...run.warnings, ...run.errors.map((error) => error.message)].join(' ')).toContain(scope);
    expect(run.errors.map((error) => [error.failure_type, error.stream_descriptor?.name])).toEqual(
      isDirectory ? [] : [['config_error', name]],
    );
  });
});

describe.each(streams.filter(isSearchStream))(
  '$name is searched',
  ({ name, retrieval: { path, instant } }) => {
    test('page by page, and next time from its checkpoint less the lookback', async () => {
      const highLevel = await startHighLevel({
        locations: [{ contacts: 15, opportunities: 15 }],
        knobs: { silentPageSize: 6 },
      });
      const connection = connect(highLevel);
      const first = await connection.read({ [name]: 'incremental' });
      highLevel.passTime(6 * HOUR_MS);
      const second = await connection.read({ [name]: 'incremental' });
      const searchesOf = (run: Run) => run.calls.filter((call) => call.path === path);
      expect(searchesOf(first).length).toBeGreaterThan(2);
      const cursor = /"(\d{4}-[^"]+Z)"/.exec(JSON.stringify(first.states(name).at(-1)))?.[1] ?? '';
      const since = instant(Date.parse(cursor) - LOOKBACK_MS);
      expect(searchesOf(second)).toHaveLength(1);
      expect(JSON.stringify(searchesOf(second)[0]?.body)).toContain(JSON.stringify(since));
    });
  },
);
