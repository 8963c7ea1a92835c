import { describe, expect, test } from '@jest/globals';
import { isJsonObject, type JsonObject, textAt } from '../src/foundation/json.ts';
import { isReadBy, type StreamDefinition } from '../src/stream/definition.ts';
import { scopesOf } from '../src/stream/parents.ts';
import { incrementalReader } from '../src/stream/reader.ts';
import { COLLECTION_KINDS } from './simulator/collections/kinds.ts';
import { connect, discoveredStreams, type Run } from './support/connection.ts';
import { startHighLevel } from './support/highlevel.ts';
import { onlyLocation } from './support/only-location.ts';
import { streamsOfHighLevel } from './support/streams-of-highlevel.ts';
import { trueIds } from './support/truth.ts';

const HOUR_MS = 3_600_000;
const LOOKBACK_MS = HOUR_MS;
/** More rows than a page of the simulator holds here, of everything that comes in pages. */
const SEVERAL_PAGES = {
  locations: [{ contacts: 15, opportunities: 15, campaigns: 3 }],
  knobs: { silentPageSize: 6, rateLimits: 'off' },
} as const;
const NOTHING = Object.fromEntries(COLLECTION_KINDS.map((kind) => [kind, 0]));

const isDirectory = (stream: StreamDefinition): boolean => isReadBy(stream, 'directory');

/** Streams whose own answers come page by page. */
const hasPages = ({ retrieval }: StreamDefinition): boolean => {
  switch (retrieval.kind) {
    case 'search':
    case 'snapshot':
    case 'newest_first':
      return true;
    case 'list':
    case 'windows':
      return retrieval.endpoint.paginator !== undefined;
    case 'children':
      return retrieval.rows.from === 'request' && retrieval.rows.endpoint.paginator !== undefined;
    case 'directory':
    case 'report':
      return false;
  }
};

const idsOf = (rows: readonly JsonObject[]): readonly string[] =>
  rows.map((row) => textAt(row, 'id') ?? '').sort();

/** A page that is not the first of its list. */
const isLaterPage = ({ query, body }: Run['calls'][number]): boolean => {
  const asked: JsonObject = { ...query, ...(isJsonObject(body) && body) };
  const { offset, skip, page, searchAfter } = asked;
  const isBeyond = (value: unknown, first: number): boolean => value !== undefined && Number(value) > first;
  const hasToken = Array.isArray(searchAfter) && searchAfter.length > 0;
  const isAfter = ['cursor', 'startAfter', 'startAfterDate'].some((name) => name in asked);
  return isBeyond(offset, 0) || isBeyond(skip, 0) || isBeyond(page, 1) || hasToken || isAfter;
};

describe.each(streamsOfHighLevel)('$name', (stream) => {
  const { name, primaryKey } = stream;
  const incremental = incrementalReader(stream);
  const mode = incremental === undefined ? 'full_refresh' : 'incremental';
  const scopes = scopesOf(stream);

  test('has a schema that holds its key and its cursor', async () => {
    const discovered = (await discoveredStreams()).find((candidate) => candidate.name === name);
    const properties = discovered?.json_schema['properties'];
    const columns = isJsonObject(properties) ? Object.keys(properties) : [];
    expect(columns).toEqual(expect.arrayContaining([...primaryKey, 'location_id', 'additional_fields']));
    expect(discovered?.source_defined_primary_key).toEqual(primaryKey.map((column) => [column]));
    expect(columns).toEqual(expect.arrayContaining([...(discovered?.default_cursor_field ?? [])]));
    expect(discovered?.supported_sync_modes.includes('incremental')).toBe(incremental !== undefined);
    expect(discovered?.is_resumable).toBe(incremental !== undefined);
  });

  test('reads all its rows page by page, and next time what its checkpoint leaves', async () => {
    const highLevel = await startHighLevel(SEVERAL_PAGES);
    const locationId = onlyLocation(highLevel);
    const connection = connect(highLevel);
    const first = await connection.read({ [name]: mode });
    expect([first.exitCode, first.end(name)]).toEqual([0, 'COMPLETE']);
    const truth = isDirectory(stream) ? [] : trueIds(highLevel.simulator.world, name, locationId);
    expect(truth.length > 0 || isDirectory(stream)).toBe(true);
    expect([...new Set(idsOf(first.records(name)))]).toEqual(isDirectory(stream) ? [''] : truth);
    expect(first.calls.some(isLaterPage) || !hasPages(stream)).toBe(true);
    highLevel.passTime(6 * HOUR_MS);
    const second = await connection.read({ [name]: mode });
    expect(second.exitCode).toBe(0);
    const again = second.records(name).length;
    // Rows that changed in the last hour before the checkpoint come again.
    expect(incremental === undefined ? again === first.records(name).length : again < truth.length).toBe(
      true,
    );
  });

  test('comes whole in a full refresh too', async () => {
    const highLevel = await startHighLevel(SEVERAL_PAGES);
    const run = await connect(highLevel).read({ [name]: 'full_refresh' });
    const truth = isDirectory(stream)
      ? ['']
      : trueIds(highLevel.simulator.world, name, onlyLocation(highLevel));
    expect([run.exitCode, run.end(name)]).toEqual([0, 'COMPLETE']);
    expect([...new Set(idsOf(run.records(name)))]).toEqual(truth);
  });

  test('is complete, and has a state, in a location without rows', async () => {
    const highLevel = await startHighLevel({
      locations: [{ contacts: 0, opportunities: 0, pipelines: 0, campaigns: 0, rows: NOTHING }],
    });
    highLevel.simulator.world.setList(onlyLocation(highLevel), 'customFields', []);
    const run = await connect(highLevel).read({ [name]: mode });
    expect([run.exitCode, run.end(name)]).toEqual([0, 'COMPLETE']);
    expect(run.records(name)).toHaveLength(isDirectory(stream) ? 1 : 0);
    expect(run.states(name)).toHaveLength(1);
  });

  test.each(scopes)('says that it lacks the scope %s', async (scope) => {
    const highLevel = await startHighLevel({ contactsPerLocation: 6, knobs: { rateLimits: 'off' } });
    highLevel.simulator.admin.removeScope(scope);
    const run = await connect(highLevel).read({ [name]: mode });
    // The rows of the locations need no scope: they come without a profile.
    const isMissed = !isDirectory(stream);
    expect([run.exitCode, run.end(name)]).toEqual(isMissed ? [1, 'INCOMPLETE'] : [0, 'COMPLETE']);
    expect(run.records(name)).toHaveLength(isMissed ? 0 : 1);
    expect([...run.warnings, ...run.errors.map((error) => error.message)].join(' ')).toContain(scope);
    expect(run.errors.map((error) => [error.failure_type, error.stream_descriptor?.name])).toEqual(
      isMissed ? [['config_error', name]] : [],
    );
  });
});

describe.each(streamsOfHighLevel.filter((stream) => isReadBy(stream, 'search')))(
  '$name is searched',
  ({ name, retrieval: { path, instant } }) => {
    test('page by page, and next time from its checkpoint less the lookback', async () => {
      const highLevel = await startHighLevel(SEVERAL_PAGES);
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
