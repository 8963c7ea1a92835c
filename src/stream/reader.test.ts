import { expect, test } from '@jest/globals';
import { createByteBudget } from '../foundation/byte-budget.ts';
import { textAt } from '../foundation/json.ts';
import { collect, eventsOf } from './doubles/collect-events.ts';
import { type Answer, createFakeContext, day, isoDay, locationRead } from './doubles/fake-context.ts';
import { manyRows, streamOf, thingsEndpoint, windowsOf, windowsRetrieval } from './doubles/test-streams.ts';
import { incrementalReader, readerInFull } from './reader.ts';
import { idOf } from './row-id.ts';

const lists = streamOf({
  kind: 'list',
  endpoint: thingsEndpoint({ request: () => ({ path: '/lists', parameters: {} }) }),
});
const events = streamOf(windowsRetrieval({ parents: [{ of: lists }] }));
/** Children of rows that are read by windows, of four lists at once where that may be. */
const notes = streamOf({
  kind: 'children',
  of: events,
  rows: {
    from: 'request',
    endpoint: thingsEndpoint({
      request: ({ parent = {} }) => ({ path: '/notes', parameters: { of: parent['id'] ?? null } }),
    }),
  },
  follows: 'changed',
});

const TIMES = { at: isoDay(-1), changed: isoDay(-1) };

const answer: Answer = ({ path, parameters }) => {
  if (path === '/lists') return { items: ['p', 'q', 'r', 's'].map((id) => ({ id })) };
  if (path === '/notes') return { items: [{ id: `note of ${textAt(parameters, 'of') ?? ''}` }] };
  // So many that their children are asked for before the other lists are through.
  const count = parameters['parent'] === 'p' ? 1_000 : 1;
  const parent = textAt(parameters, 'parent') ?? '';
  return { items: manyRows(count).map((row) => ({ id: `${parent} ${idOf(row)}`, ...TIMES })) };
};

// A page of parents that is held ahead would wait for the memory that the children wait for.
test.each([
  ['incrementally', incrementalReader(notes)],
  ['in full', readerInFull(notes)],
])('children are read %s though there is memory for one page only', async (_, reader) => {
  const budget = createByteBudget(1);
  const { context, requests, held } = createFakeContext({ answer, parallel: 4, budget });
  const read = locationRead(context, { startDate: day(-20) });
  const { ids } = await collect(reader?.read(read) ?? eventsOf());
  expect([ids.length, new Set(ids).size]).toEqual([1_003, 1_003]);
  expect(held()).toBe(0);
  expect(windowsOf(requests)).toHaveLength(4);
});

test('the pages of parents are asked for one after the other, those of children several at once', async () => {
  const { context, requests } = createFakeContext({ answer, parallel: 4 });
  const read = locationRead(context, { startDate: day(-20) });
  await collect(incrementalReader(notes)?.read(read) ?? eventsOf());
  const heldFor = (wanted: string) =>
    Math.max(...requests.filter(({ path }) => path === wanted).map(({ held }) => held));
  expect([heldFor('/things'), heldFor('/notes')]).toEqual([0, 3]);
});
