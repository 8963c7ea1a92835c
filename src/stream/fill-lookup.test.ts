import { expect, test } from '@jest/globals';
import { type JsonObject, textAt } from '../foundation/json.ts';
import { collect, eventsOf } from './doubles/collect-events.ts';
import { createFakeContext } from './doubles/fake-context.ts';
import { streamOf, thingsEndpoint } from './doubles/test-streams.ts';
import type { Lookup, LookupIndex } from './definition.ts';
import { fillLookup } from './fill-lookup.ts';
import type { ReadEvent } from './read-event.ts';

const lookup: Lookup = {
  column: 'my_labels',
  of: streamOf({ kind: 'list', endpoint: thingsEndpoint() }),
  index: () => new Map(),
  idsOf: ({ label }) => (typeof label === 'string' ? [label] : []),
  fill: (row, index) => ({ ...row, myLabels: index.get(textAt(row, 'label') ?? '') ?? null }),
};
const { context } = createFakeContext({ answer: () => ({}) });

const run = async (events: readonly ReadEvent[], index: LookupIndex | undefined) => {
  const asked: (readonly string[])[] = [];
  const done: string[] = [];
  const tables = {
    done: (_: Lookup, locationId: string) => {
      done.push(locationId);
    },
    indexFor: (_: Lookup, ids: ReadonlySet<string>) => {
      asked.push([...ids]);
      return Promise.resolve(index);
    },
  };
  return { ...(await collect(fillLookup(lookup, eventsOf(...events), { tables, context }))), asked, done };
};

const page = (...rows: readonly JsonObject[]): ReadEvent => ({ kind: 'rows', rows });
const LABELLED = page({ id: 'a', label: 'x' }, { id: 'b', label: 'x' }, { id: 'c', label: 'gone' });

test('rows are filled from the list, which is asked for all ids of a page at once', async () => {
  const { rows, asked } = await run([LABELLED], new Map([['x', { name: 'X' }]]));
  expect(rows.map(({ myLabels }) => myLabels)).toEqual([{ name: 'X' }, { name: 'X' }, null]);
  expect(asked).toEqual([['x', 'gone']]);
});

test('nothing is asked for rows that refer to nothing', async () => {
  const { rows, asked } = await run([page({ id: 'a' })], new Map());
  expect([rows, asked]).toEqual([[{ id: 'a' }], []]);
});

test('a row that refers to nothing is left as it is, whoever comes with it', async () => {
  const { rows } = await run([page({ id: 'a', label: 'x' }, { id: 'b' })], new Map([['x', { name: 'X' }]]));
  expect(rows[1]).toEqual({ id: 'b' });
});

test('the column is null where the list cannot be had; the rows come all the same', async () => {
  const { rows } = await run([LABELLED], undefined);
  expect(rows.map(({ id, myLabels }) => [id, myLabels])).toEqual([
    ['a', null],
    ['b', null],
    ['c', null],
  ]);
});

test('what is no row passes as it is, in its place', async () => {
  const others: readonly ReadEvent[] = [
    { kind: 'gap' },
    LABELLED,
    { kind: 'alive' },
    { kind: 'checkpoint', cursor: { at: 1 } },
  ];
  const { trace, state } = await run(others, new Map());
  expect(trace).toEqual(['gap', 'rows a b c', 'alive', 'checkpoint']);
  expect(state).toEqual({ at: 1 });
});

test('the list is given up when the location has been read, and once', async () => {
  const { done } = await run([LABELLED, page({ id: 'd' })], new Map());
  expect(done).toEqual([context.locationId]);
});

test('the memory of a page can still be given back', async () => {
  let released = 0;
  const release = (): void => {
    released += 1;
  };
  const rows = [{ id: 'a', label: 'x' }];
  const events = eventsOf({ kind: 'rows', rows, release });
  const tables = { indexFor: () => Promise.resolve(new Map()), done: () => undefined };
  for await (const event of fillLookup(lookup, events, { tables, context })) {
    if (event.kind === 'rows') event.release?.();
  }
  expect(released).toBe(1);
});
