import { expect, test } from '@jest/globals';
import { createByteBudget } from '../foundation/byte-budget.ts';
import type { JsonObject } from '../foundation/json.ts';
import { contacts } from '../streams/contacts.ts';
import { backfill } from './backfill.ts';
import { isReadBy, type SearchStream } from './definition.ts';
import type { BackfillCursor } from './location-cursor.ts';
import { createPageMemory } from './page-memory.ts';
import type { SearchEvent } from './search-read.ts';
import type { SearchPage } from './search-page.ts';

const searchStream = (): SearchStream => {
  if (!isReadBy(contacts, 'search')) throw new Error('not a search stream');
  return contacts;
};

const row = (ms: number): JsonObject => ({
  id: `r${ms}`,
  dateAdded: new Date(ms).toISOString(),
  searchAfter: [ms, `r${ms}`],
});
const page = (...instants: readonly number[]): SearchPage => ({
  rows: instants.map(row),
  total: undefined,
  limit: 3,
  release: () => undefined,
});

const START: BackfillCursor = {
  phase: 'backfill',
  unread: [{ since: 10, before: 1000 }],
  until: 1000,
  startDate: undefined,
  gap: undefined,
};

const checkpointsOf = async (pages: readonly SearchPage[]): Promise<readonly unknown[]> => {
  const waiting = [...pages];
  const silent = (): void => undefined;
  const events = backfill(
    {
      stream: searchStream(),
      state: undefined,
      startDate: undefined,
      lookbackMs: 0,
      context: {
        locationId: 'L1',
        send: () => Promise.reject(new Error('nothing is sent here')),
        serverNow: () => Promise.resolve(1000),
        parallel: 1,
        budget: createByteBudget(1),
        pages: createPageMemory(),
        log: { debug: silent, info: silent, warn: silent, error: silent },
        rowsLeft: () => 0,
        isOver: () => false,
      },
    },
    () => Promise.resolve(waiting.shift() ?? page()),
    START,
  );
  const cursors: SearchEvent[] = [];
  for await (const event of events) if (event.kind === 'checkpoint') cursors.push(event);
  return cursors.map((event) => (event.kind === 'checkpoint' ? event.cursor : undefined));
};

const DONE = { phase: 'incremental', updated: 1000 };

test('each page moves the checkpoint, and the end hands over to incremental reads', async () => {
  expect(await checkpointsOf([page(100, 200, 300), page(400, 500)])).toMatchObject([
    { unread: [{ since: 200, before: 1000 }] },
    { unread: [{ since: 400, before: 1000 }] },
    { unread: [{ since: 500, before: 1000 }] },
    DONE,
  ]);
});

test('a page out of order takes back what the pages before it claimed', async () => {
  expect(await checkpointsOf([page(100, 200, 300), page(50, 60), page(400)])).toMatchObject([
    { unread: [{ since: 200, before: 1000 }] },
    START,
    START,
    { unread: [{ since: 400, before: 1000 }] },
    DONE,
  ]);
});
