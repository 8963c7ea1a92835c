import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import packageJson from '../../package.json' with { type: 'json' };
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/foundation/json.ts';
import { parseInputState } from '../../src/protocol/state.ts';
import { connect, stateFile } from '../support/connection.ts';
import { type HighLevel, startHighLevel } from '../support/highlevel.ts';
import type { StateFixture } from '../support/state-fixture.ts';
import { trueIds } from '../support/truth.ts';
import { keyOf } from '../support/warehouse.ts';

const ROOT = new URL('../state_fixtures/', import.meta.url);

const filesIn = (folder: URL): readonly string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort();

const versions = readdirSync(ROOT).sort();
const fixtures = versions.flatMap((version) =>
  filesIn(new URL(`${version}/`, ROOT)).map((file) => {
    // Written by `npm run capture:states`, in this form.
    const fixture = JSON.parse(readFileSync(new URL(`${version}/${file}`, ROOT), 'utf8')) as StateFixture;
    return [`${version}, ${file.replace('.json', '')}`, fixture] as const;
  }),
);

const listAt = (state: JsonObject, key: string): readonly JsonValue[] => {
  const list = state[key];
  return isJsonArray(list) ? list : [];
};

const rowsToRead = ({ simulator: { world } }: HighLevel, { stream, state }: StateFixture): number => {
  const skipped = new Set(listAt(state, 'skipped_locations'));
  const open = world.locationIds().filter((id) => !skipped.has(id));
  return open.flatMap((id) => trueIds(world, stream, id)).length;
};

describe.each(fixtures)('a state of the version %s', (_, fixture) => {
  test('is gone on from: what it covers is not read again, and nothing behind it is missed', async () => {
    const {
      stream,
      mode,
      world,
      settings,
      job,
      captured_at: capturedAt,
      rows_read: rowsRead,
      state,
    } = fixture;
    const clockOffsetMs = Date.parse(capturedAt) - new Date().getTime();
    const highLevel = await startHighLevel({ ...world, clockOffsetMs });
    const connection = connect(highLevel, { kind: 'private', settings });
    connection.setState(stream, state);
    const env = job === null ? {} : { WORKER_JOB_ID: job, WORKER_JOB_ATTEMPT: '1' };
    const run = await connection.read({ [stream]: mode }, { env });
    expect(run.exitCode).toBe(0);
    const rows = new Set(run.records(stream).map(keyOf)).size;
    const all = fixture.rows_in_all ?? rowsToRead(highLevel, fixture);
    expect(rows).toBeLessThan(all);
    // Rows behind a checkpoint may come again, but not all that have been read.
    expect(rowsRead ?? all).toBeGreaterThanOrEqual(all - rows);
  });

  test('is the same in every form that a platform keeps it in', () => {
    const states = new Map([[fixture.stream, fixture.state]]);
    const [message = {}] = stateFile(states);
    const { stream = {} } = message;
    const forms: readonly unknown[] = [
      [message],
      message,
      [{ type: 'STATE', state: message }],
      [{ stream, type: 'STREAM', destinationStats: null, global: null }],
      { type: 'GLOBAL', global: { shared_state: null, stream_states: [stream] } },
      { [fixture.stream]: fixture.state },
      { type: 'LEGACY', data: { [fixture.stream]: fixture.state } },
    ];
    for (const form of forms) expect(parseInputState(form)).toEqual(states);
  });
});

/** The same thing under the names of different streams. */
const KEY_KINDS: Readonly<Record<string, string>> = {
  date_updated: 'changed',
  updated_at: 'changed',
  date_added: 'made',
  created_at: 'made',
};

/** The keys of a cursor, by their paths. Where it began is no part of its shape. */
const shapeOf = (cursor: JsonObject): ReadonlySet<string> =>
  new Set(
    Object.entries(cursor).flatMap(([key, inner]): readonly string[] => {
      if (key === 'start_date') return [];
      const name = KEY_KINDS[key] ?? key;
      return isJsonObject(inner) ? [name, ...[...shapeOf(inner)].map((path) => `${name}.${path}`)] : [name];
    }),
  );

const isTop = (path: string): boolean => !path.includes('.');

/** All that is told of a cursor, and nothing besides at its top. */
const isOfShape = (cursor: ReadonlySet<string>, told: ReadonlySet<string>): boolean =>
  [...told].every((path) => cursor.has(path)) && [...cursor].every((path) => !isTop(path) || told.has(path));

/** The cursors in the tables of a document, where dots stand for what does not matter. */
const cursorsTold = (text: string): readonly string[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('| `{'))
    .flatMap((line) =>
      [...(line.split('|')[1] ?? '').matchAll(/`(\{[^`]*\})`/g)].map(([, cursor = '']) => cursor),
    );

const parsed = (cursor: string): JsonObject => {
  const json: unknown = JSON.parse(
    cursor.replaceAll('{…,', '{').replaceAll('{…}', '{}').replaceAll('[…]', '[]'),
  );
  if (!isJsonObject(json)) throw new Error(`${cursor} is no object.`);
  return json;
};

const cursorsIn = ({ state }: StateFixture): readonly JsonObject[] =>
  listAt(state, 'states').flatMap((entry) =>
    isJsonObject(entry) && isJsonObject(entry['cursor']) ? [entry['cursor']] : [],
  );

const section =
  readFileSync(new URL('../../docs/architecture.md', import.meta.url), 'utf8')
    .split('\n## ')
    .find((part) => part.startsWith('State')) ?? '';

describe('the captured states', () => {
  test('are there for this version', () => {
    expect(versions).toContain(packageJson.version);
  });

  test.each(cursorsTold(section))('have a cursor such as %s', (cursor) => {
    const told = shapeOf(parsed(cursor));
    const ofThisVersion = fixtures.filter(([name]) => name.startsWith(`${packageJson.version},`));
    const shapes = ofThisVersion.flatMap(([, fixture]) => cursorsIn(fixture)).map(shapeOf);
    expect(shapes.some((shape) => isOfShape(shape, told))).toBe(true);
  });
});
