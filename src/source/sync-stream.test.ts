import { expect, test } from '@jest/globals';
import { configError, transientError } from '../foundation/errors.ts';
import type { JsonObject } from '../foundation/json.ts';
import { createLanePool } from '../foundation/lane-pool.ts';
import type { ReadEvent } from '../stream/read-event.ts';
import { pipelines } from '../streams/pipelines.ts';
import { syncStream, type StreamOutcome } from './sync-stream.ts';

type Reader = (signal: AbortSignal) => AsyncGenerator<ReadEvent, void>;

const rows = (...ids: readonly (string | undefined)[]): Reader =>
  async function* read() {
    await Promise.resolve();
    yield { kind: 'rows', rows: ids.map((id): JsonObject => (id === undefined ? { name: 'x' } : { id })) };
  };
const failing = (error: Error): Reader =>
  async function* read() {
    await Promise.resolve();
    yield { kind: 'rows', rows: [] };
    throw error;
  };

const sync = async (
  readers: Readonly<Record<string, Reader>>,
  options: { readonly lanes?: number; readonly written?: string[] } = {},
): Promise<StreamOutcome & { readonly written: readonly string[] }> => {
  const { lanes = 1, written = [] } = options;
  const done = Promise.resolve();
  const locationIds = Object.keys(readers);
  const outcome = await syncStream({
    stream: pipelines,
    locationIds,
    place: await createLanePool({ lanes }).enter(locationIds),
    needs: () => true,
    rowsLeft: () => 0,
    read: (locationId, signal) => (readers[locationId] ?? rows())(signal),
    normalise: (row) => ({ data: row, changes: [] }),
    output: {
      expects: () => undefined,
      started: () => done,
      records: (records) => {
        written.push(...records.map(({ data }) => (typeof data['id'] === 'string' ? data['id'] : '')));
        return done;
      },
      alive: () => Promise.resolve(),
      progressed: () => done,
      rateLimited: () => done,
      ended: () => done,
      recordCount: () => written.length,
    },
    keep: (locationId) => void written.push(`${locationId} is kept`),
    wrote: () => undefined,
    signal: new AbortController().signal,
    isContained: ({ reach }) => reach === 'partition',
  });
  return { ...outcome, written };
};

test('a location that fails does not stop the others', async () => {
  const { written, failures, thrown } = await sync({
    A: rows('a'),
    B: failing(transientError('no answer')),
    C: rows('c'),
  });
  expect(written).toEqual(['a', 'c']);
  expect(failures.map(({ locationId }) => locationId)).toEqual(['B']);
  expect(thrown).toBeUndefined();
});

test('what ends the stream does not hide which locations had failed before', async () => {
  const scope = configError('scope missing', { reach: 'stream' });
  const { failures, thrown } = await sync({
    A: failing(transientError('no answer')),
    B: failing(scope),
    C: rows('c'),
  });
  expect(failures.map(({ error }) => error.message)).toEqual(['no answer']);
  expect(thrown).toBe(scope);
});

test('a row without an id fails its location, whichever way it came', async () => {
  const { written, failures } = await sync({ A: rows('a', undefined), B: rows('b') });
  expect(written).toEqual(['b']);
  expect(failures.map(({ error }) => error.message)).toEqual(['HighLevel sent a row without an id.']);
});

test('a page is given back when it has been written', async () => {
  const given: string[] = [];
  async function* page(): AsyncGenerator<ReadEvent, void> {
    await Promise.resolve();
    yield { kind: 'rows', rows: [{ id: 'a' }], release: () => given.push('back') };
    given.push('next');
  }
  expect((await sync({ A: page })).written).toEqual(['a']);
  expect(given).toEqual(['back', 'next']);
});

test('a page is written in parts, so that large rows are not in memory three times', async () => {
  const ids = Array.from({ length: 250 }, (_, index) => `r${index}`);
  expect((await sync({ A: rows(...ids) })).written).toEqual(ids);
});

test('answers come in between the parts of a page', async () => {
  const written: string[] = [];
  const ids = Array.from({ length: 250 }, (_, index) => `r${index}`);
  let seen: number | undefined;
  const page: Reader = async function* read() {
    await Promise.resolve();
    setImmediate(() => (seen = written.length));
    yield { kind: 'rows', rows: ids.map((id) => ({ id })) };
  };
  await sync({ A: page }, { written });
  expect(seen).toBe(100);
});

test('no other location comes between rows and the checkpoint that covers them', async () => {
  const pages = (...ids: readonly string[]): Reader =>
    async function* read() {
      for (const id of ids) {
        await Promise.resolve();
        yield { kind: 'rows', rows: [{ id }] };
        yield { kind: 'checkpoint', cursor: { id } };
      }
    };
  const { written } = await sync({ A: pages('a', 'aa'), B: pages('b', 'bb'), C: pages('c') }, { lanes: 3 });
  expect(written).toHaveLength(10);
  const pairs = Array.from({ length: 5 }, (_, index) => written.slice(2 * index, 2 * index + 2));
  expect(pairs).toEqual(pairs.map(([id = '']) => [id, `${id.charAt(0).toUpperCase()} is kept`]));
});

test('what ends the stream ends what the other locations wait for', async () => {
  const waiting: Reader = async function* read(signal) {
    yield { kind: 'rows', rows: [{ id: 'w' }] };
    await new Promise((_, reject) => {
      signal.addEventListener('abort', () => {
        reject(configError('aborted', { reach: 'stream', cause: signal.reason }));
      });
    });
  };
  const scope = configError('scope missing', { reach: 'stream' });
  const { thrown, written } = await sync({ A: waiting, B: failing(scope) }, { lanes: 2 });
  expect(thrown).toBe(scope);
  expect(written).toEqual(['w']);
});
