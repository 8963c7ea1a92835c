import { expect, test } from '@jest/globals';
import { createSimulator } from './simulator.ts';
import { createTestClient, firstLocation, idsOf, rowAt, rowsIn } from './test-client.ts';
import { textOf } from './text-of.ts';

const open = () => {
  const simulator = createSimulator({ contactsPerLocation: 20, rows: { conversations: 20 } });
  const locationId = firstLocation(simulator);
  const client = createTestClient(simulator, simulator.locationToken(locationId));
  const list = async (query: string) =>
    rowsIn(await client.get(`/contacts/?locationId=${locationId}&limit=10${query}`), 'contacts');
  const conversations = async () =>
    rowsIn(
      await client.get(`/conversations/search?locationId=${locationId}&sort=desc`, { version: '2021-04-15' }),
      'conversations',
    );
  return { ...simulator, list, conversations };
};

test('lists from the newest row down may come the other way round, and go on where a page ended', async () => {
  const { knobs, list } = open();
  const newest = [...(await list(''))];
  knobs.descentOrder = 'oldest_first';
  const first = await list('');
  const last = rowAt(first, 9);
  const startAfter = Date.parse(textOf(last['dateAdded']));
  const second = await list(`&startAfter=${startAfter}&startAfterId=${textOf(last['id'])}`);
  expect(idsOf(second)).toEqual(idsOf(newest).toReversed());
  expect(idsOf(first).some((id) => idsOf(second).includes(id))).toBe(false);
});

test('conversations may come from the oldest one up, whatever is asked for', async () => {
  const { knobs, conversations } = open();
  knobs.descentOrder = 'oldest_first';
  const dates = (await conversations()).flatMap(({ lastMessageDate: date }) =>
    typeof date === 'number' ? [date] : [],
  );
  expect(dates).toEqual(dates.toSorted((left, right) => left - right));
});

test('pages of the old list are cut without a word, too', async () => {
  const { knobs, list } = open();
  knobs.silentPageSize = 4;
  expect(await list('')).toHaveLength(4);
});
