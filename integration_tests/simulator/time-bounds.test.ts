import { expect, test } from '@jest/globals';
import type { JsonObject, JsonValue } from '../../src/foundation/json.ts';
import { createSimulator } from './simulator.ts';
import { textOf } from './text-of.ts';
import { createTestClient, firstLocation, idsOf, rowAt, rowsIn, walk } from './test-client.ts';

type Key = 'dateAdded' | 'dateUpdated';

const open = () => {
  const now = Date.UTC(2025, 6, 1);
  const simulator = createSimulator({ contactsPerLocation: 60, shareNeverUpdated: 0.2, now: () => now });
  const locationId = firstLocation(simulator);
  const client = createTestClient(simulator, simulator.locationToken(locationId));
  const ask = (body: JsonObject) => client.post('/contacts/search', { locationId, pageLimit: 7, ...body });
  const rows = () => simulator.world.contacts(locationId);
  /** Ids in the order of the sort, worked out from the world alone. */
  const expected = (key: Key, isWithin: (time: number) => boolean): readonly string[] =>
    rows()
      .map((row) => ({ id: textOf(row['id']), time: Date.parse(textOf(row[key])) }))
      .filter(({ time }) => isWithin(time))
      .sort((left, right) => left.time - right.time || (left.id < right.id ? -1 : 1))
      .map(({ id }) => id);
  const found = async (key: Key, ...ranges: readonly JsonObject[]): Promise<readonly string[]> => {
    const filters = ranges.map((value): JsonValue => ({ field: key, operator: 'range', value }));
    const body = { sort: [{ field: key, direction: 'asc' }], filters };
    return idsOf(
      await walk((token) => ask(token === undefined ? body : { ...body, searchAfter: token }), 'contacts'),
    );
  };
  /** The time of the row in the middle, which stands on the bound. */
  const middle = (key: Key): number => {
    const times = rows()
      .map((row) => Date.parse(textOf(row[key])))
      .filter((time) => !Number.isNaN(time));
    return times.sort((left, right) => left - right)[times.length >> 1] ?? 0;
  };
  return { ...simulator, locationId, ask, rows, expected, found, middle };
};

test.each(['dateAdded', 'dateUpdated'] as const)(
  'a walk within bounds of %s meets the rows within, those on the bound as the operator says',
  async (key) => {
    const { expected, found, middle } = open();
    const bound = middle(key);
    expect(await found(key, { gte: bound })).toEqual(expected(key, (time) => time >= bound));
    expect(await found(key, { gt: bound })).toEqual(expected(key, (time) => time > bound));
    expect(await found(key, { lt: bound })).toEqual(expected(key, (time) => time < bound));
    expect(await found(key, { lte: bound })).toEqual(expected(key, (time) => time <= bound));
  },
);

test('of two ranges of one time both hold', async () => {
  const { expected, found, middle } = open();
  const bound = middle('dateAdded');
  expect(await found('dateAdded', { gte: bound - 30e9, lt: bound + 30e9 }, { lt: bound })).toEqual(
    expected('dateAdded', (time) => time >= bound - 30e9 && time < bound),
  );
});

test('rows that change, come and go are found where they belong by a question that was asked before', async () => {
  const { world, locationId, rows, expected, found, middle } = open();
  const bound = middle('dateUpdated');
  await found('dateUpdated', { gte: bound });
  world.updateContact(locationId, textOf(rowAt(rows(), 0)['id']), { city: 'Moved' });
  world.addContact(locationId);
  world.deleteContact(locationId, expected('dateUpdated', (time) => time > bound)[3] ?? '');
  expect(await found('dateUpdated', { gte: bound })).toEqual(
    expected('dateUpdated', (time) => time >= bound),
  );
  // Another question of the same order, asked for the first time only now.
  expect(await found('dateUpdated', { gte: bound + 1 })).toEqual(
    expected('dateUpdated', (time) => time > bound),
  );
});

test('a range of another time than the one sorted by leaves rows without that one in', async () => {
  const { ask, rows } = open();
  const filters = [{ field: 'dateAdded', operator: 'range', value: { gte: 0 } }];
  const reply = await ask({ pageLimit: 500, sort: [{ field: 'dateUpdated', direction: 'asc' }], filters });
  expect(rowsIn(reply, 'contacts')).toHaveLength(rows().length);
});

test('a row that changed is answered as it is now, to questions from before and to others that find the same rows', async () => {
  const { world, ask, locationId, rows } = open();
  const sort = [{ field: 'dateAdded', direction: 'asc' }];
  const questions = [0, 1, 2].map((gte) => ({
    sort,
    filters: [{ field: 'dateAdded', operator: 'range', value: { gte } }],
  }));
  const cities = async () => {
    const replies = await Promise.all(questions.map((question) => ask({ ...question, pageLimit: 500 })));
    return replies.map((reply) => rowsIn(reply, 'contacts').filter(({ city }) => city === 'Moved').length);
  };
  expect(await cities()).toEqual([0, 0, 0]);
  world.updateContact(locationId, textOf(rowAt(rows(), 0)['id']), { city: 'Moved' });
  expect(await cities()).toEqual([1, 1, 1]);
});
