import { expect, test } from '@jest/globals';
import type { JsonObject } from '../foundation/json.ts';
import { createFakeContext } from './doubles/fake-context.ts';
import {
  offsetServer,
  manyRows,
  streamOf,
  thingsEndpoint,
  windowsRetrieval,
} from './doubles/test-streams.ts';
import type { ParentList } from './definition.ts';
import { drainParents } from './drain-parents.ts';
import { offsetPages } from './paginators.ts';

const drain = async (
  lists: readonly ParentList[] | undefined,
  rows: readonly JsonObject[],
  total = rows.length,
) => {
  const { context } = createFakeContext({
    answer: offsetServer(
      () => rows,
      () => total,
    ),
  });
  const kinds: string[] = [];
  const events = drainParents(lists, context);
  for (;;) {
    const step = await events.next();
    if (step.done === true) return { kinds, ...step.value };
    kinds.push(step.value.kind);
  }
};

const list = streamOf({
  kind: 'list',
  endpoint: thingsEndpoint({ paginator: offsetPages({ limit: 10 }) }),
});

test('parents are drained to their end, and what naming them takes is kept', async () => {
  const { parents } = await drain([{ of: list, keep: () => ({ name: 'calendarId' }) }], manyRows(25));
  expect(parents).toHaveLength(25);
  expect(parents.at(-1)).toEqual({ id: 'r0024', name: 'calendarId' });
});

test('of a parent nothing but its id is kept unless it is asked for', async () => {
  const { parents } = await drain([{ of: list }], [{ _id: 'a', secret: 'x' }]);
  expect(parents).toEqual([{ id: 'a' }]);
});

test('parents of several lists come after each other', async () => {
  const { parents } = await drain(
    [
      { of: list, keep: () => ({ by: 1 }) },
      { of: list, keep: () => ({ by: 2 }) },
    ],
    [{ id: 'a' }],
  );
  expect(parents).toEqual([
    { id: 'a', by: 1 },
    { id: 'a', by: 2 },
  ]);
});

test('a parent without an id is an error', async () => {
  await expect(drain([{ of: list }], [{ name: 'x' }])).rejects.toThrow('without an id');
});

test('parents that may be missing are a gap', async () => {
  expect(await drain([{ of: list }], [{ id: 'a' }], 2)).toMatchObject({ hasGap: true });
  expect(await drain([{ of: list }], [{ id: 'a' }])).toMatchObject({ hasGap: false, kinds: [] });
});

test('rows of a stream that is no list are no parents', async () => {
  await expect(drain([{ of: streamOf(windowsRetrieval()) }], [])).rejects.toThrow('no list');
});

test('an endpoint that needs no parents is asked once, for no one', async () => {
  expect(await drain(undefined, [])).toEqual({ kinds: [], parents: [undefined], hasGap: false });
});
