import { expect, test } from '@jest/globals';
import type { JsonObject } from '../../src/foundation/json.ts';
import { createSimulator } from './simulator.ts';
import { textOf } from './text-of.ts';
import { createTestClient, firstLocation, idsOf, rowAt, rowsIn } from './test-client.ts';

const LAG_MS = 30_000;

const open = () => {
  const clock = { now: Date.UTC(2025, 6, 1, 12) };
  const simulator = createSimulator({
    contactsPerLocation: 5,
    now: () => clock.now,
    knobs: { indexLagMs: LAG_MS },
  });
  const locationId = firstLocation(simulator);
  const client = createTestClient(simulator, simulator.locationToken(locationId));
  const search = async (body: JsonObject = {}) =>
    rowsIn(await client.post('/contacts/search', { locationId, pageLimit: 100, ...body }), 'contacts');
  return { ...simulator, clock, locationId, search };
};

const since = (time: number): JsonObject => ({
  filters: [{ field: 'dateUpdated', operator: 'range', value: { gte: time } }],
});

test('an edit carries its update time at once and is found by it only after the lag; until then the old version is', async () => {
  const { world, clock, locationId, search } = open();
  const wroteAt = clock.now;
  const before = rowAt(world.contacts(locationId), 0);
  const edited = world.updateContact(locationId, textOf(before['id']), { city: 'Elsewhere' });
  expect(edited['dateUpdated']).toBe(new Date(wroteAt).toISOString());

  clock.now += LAG_MS - 1;
  expect(await search(since(wroteAt))).toEqual([]);
  const stale = (await search()).find(({ id }) => id === before['id']);
  expect(stale?.['dateUpdated']).toBe(before['dateUpdated']);

  clock.now += 1;
  const found = await search(since(wroteAt));
  expect(found.map(({ id, city }) => [id, city])).toEqual([[before['id'], 'Elsewhere']]);
});

test('a new row and a deleted one lag as well, while the world already knows', async () => {
  const { world, clock, locationId, search } = open();
  const doomed = textOf(rowAt(world.contacts(locationId), 1)['id']);
  const born = textOf(world.addContact(locationId)['id']);
  world.deleteContact(locationId, doomed);
  expect(idsOf(world.contacts(locationId))).toContain(born);
  expect(idsOf(world.contacts(locationId))).not.toContain(doomed);
  const early = idsOf(await search());
  clock.now += LAG_MS;
  const late = idsOf(await search());
  expect([early.includes(born), early.includes(doomed)]).toEqual([false, true]);
  expect([late.includes(born), late.includes(doomed)]).toEqual([true, false]);
});

test('a later write that is indexed sooner is not undone by the earlier one', async () => {
  const { world, clock, locationId, search } = open();
  const id = textOf(rowAt(world.contacts(locationId), 0)['id']);
  world.updateContact(locationId, id, { city: 'First' });
  world.updateContact(locationId, id, { city: 'Second' }, { lagMs: 0 });
  const city = async () => (await search()).find((row) => row['id'] === id)?.['city'];
  expect(await city()).toBe('Second');
  clock.now += 10 * LAG_MS;
  expect(await city()).toBe('Second');
});

test('many writes at once leave the sorted views as true as a few do', async () => {
  const { world, clock, locationId, search } = open();
  await search();
  world.addContacts(locationId, 90, (index) => ({ dateAdded: new Date(clock.now - index).toISOString() }));
  clock.now += LAG_MS;
  const times = (await search()).map((row) => Date.parse(textOf(row['dateAdded'])));
  expect(times).toHaveLength(95);
  expect(times).toEqual([...times].sort((left, right) => right - left));
});

test('a search may show a row as it is, at the place where the index has it', async () => {
  const { world, clock, locationId, search, knobs } = open();
  const id = textOf(rowAt(world.contacts(locationId), 0)['id']);
  const placed = (rows: readonly JsonObject[]) => rows.findIndex((row) => row['id'] === id);
  const sort = [{ field: 'dateUpdated', direction: 'asc' }];
  const before = await search({ sort });
  knobs.foundRows = 'current';
  const { dateUpdated } = world.updateContact(locationId, id, { city: 'Elsewhere' });

  clock.now += LAG_MS - 1;
  const early = await search({ sort });
  expect(placed(early)).toBe(placed(before));
  expect(rowAt(early, placed(early))).toMatchObject({ city: 'Elsewhere', dateUpdated });
  expect(await search(since(clock.now - LAG_MS))).toEqual([]);

  clock.now += 1;
  expect(placed(await search({ sort }))).toBe(4);
});
