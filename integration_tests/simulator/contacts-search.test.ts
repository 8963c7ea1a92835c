import { expect, test } from '@jest/globals';
import type { JsonObject, JsonValue } from '../../src/foundation/json.ts';
import type { SimulatorOptions } from './options.ts';
import { createSimulator } from './simulator.ts';
import { textOf } from './text-of.ts';
import { createTestClient, firstLocation, idsOf, rowAt, rowsIn, walk } from './test-client.ts';

const open = (options: SimulatorOptions = {}) => {
  const simulator = createSimulator({ contactsPerLocation: 25, now: () => Date.UTC(2025, 6, 1), ...options });
  const locationId = firstLocation(simulator);
  const client = createTestClient(simulator, simulator.locationToken(locationId));
  const search = (body: JsonObject) =>
    client.post('/contacts/search', { locationId, pageLimit: 10, ...body });
  return { ...simulator, locationId, client, search };
};

const OLDEST_FIRST = { sort: [{ field: 'dateAdded', direction: 'asc' }] };
const next = (token: JsonValue | undefined): JsonObject =>
  token === undefined ? {} : { searchAfter: token };
const on = (field: string, operator: string, value?: JsonValue): JsonObject => ({
  filters: [{ field, operator, ...(value === undefined ? {} : { value }) }],
});
const timesOf = (rows: readonly JsonObject[], key: string) => rows.map((row) => Date.parse(textOf(row[key])));

test('a walk by token meets every contact once, newest first, and the token is the sort value with the id', async () => {
  const { search, world, locationId } = open();
  const found = await walk((token) => search(next(token)), 'contacts');
  const times = timesOf(found, 'dateAdded');
  expect([...idsOf(found)].sort()).toEqual([...idsOf(world.contacts(locationId))].sort());
  expect(times).toEqual([...times].sort((left, right) => right - left));
  expect(rowAt(found, 3)['searchAfter']).toEqual([times[3], rowAt(found, 3)['id']]);
});

test('rows are the world, but for searchAfter, and the answer has a total and a trace id', async () => {
  const { search, world, locationId } = open();
  const reply = await search({ pageLimit: 500 });
  const rows = rowsIn(reply, 'contacts').map(({ searchAfter: _, ...row }) => row);
  expect(rows).toEqual(expect.arrayContaining([...world.contacts(locationId)]));
  expect(reply.body).toMatchObject({ total: 25, traceId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  expect(reply.headers['date']).toBe('Tue, 01 Jul 2025 00:00:00 GMT');
});

test.each([
  [{ locationId: '' }, 422, ['locationId should not be empty']],
  [{ pageLimit: '10' }, 422, ['pageLimit must be a number conforming to the specified constraints']],
  [{ pageLimit: 501 }, 422, ['pageLimit must not be greater than 500']],
  [{ limit: 10 }, 422, ['property limit should not exist']],
  [{ page: 1001 }, 400, expect.stringContaining('first 10000 records')],
  [{ page: 1, searchAfter: [1, 'x'] }, 400, expect.stringContaining('together')],
  [{ searchAfter: [1] }, 400, 'Invalid searchAfter'],
  [on('date_added', 'exists'), 400, 'Invalid field date_added'],
  [on('dateAdded', 'eq', 1), 400, expect.stringContaining('Invalid operator eq')],
  [on('dateAdded', 'range', { from: 1 }), 400, 'property from should not exist'],
  [on('dateAdded', 'range', { gte: '2024-01-01' }), 400, expect.stringContaining('Invalid value')],
  [on('dateAdded', 'exists', true), 400, expect.stringContaining('Invalid value')],
  [on('source', 'contains', 'ab'), 400, 'Min. 3 characters required for applying contains filter'],
  [on('customFields.nope', 'exists'), 400, 'Invalid field customFields.nope'],
  [on('source', 'eq', 'x'.repeat(76)), 400, expect.stringContaining('Invalid value')],
  [{ filters: [{ group: 'XOR', filters: [] }] }, 400, expect.stringContaining('AND, OR')],
  [{ sort: [{ field: 'phone', direction: 'asc' }] }, 400, 'Invalid field phone'],
  [{ sort: [{ field: 'dateAdded', direction: 'up' }] }, 400, expect.stringContaining('asc, desc')],
  [
    { sort: ['email', 'source', 'dnd'].map((field) => ({ field, direction: 'asc' })) },
    400,
    expect.stringContaining('no more than 2'),
  ],
])('%j is refused', async (body, status, message) => {
  const { search } = open();
  const reply = await search(body);
  expect(reply.status).toBe(status);
  expect(reply.body['message']).toEqual(message);
});

test('bounds are inclusive or exclusive to the millisecond, as ISO text or epoch number', async () => {
  const { search, world, locationId } = open();
  const [at = 0] = timesOf(world.contacts(locationId), 'dateUpdated');
  const iso = new Date(at).toISOString();
  const totals = await Promise.all(
    [
      { gte: iso, lte: iso },
      { gte: at, lt: iso },
      { gt: at, lte: at },
      { gte: at, lte: at },
    ].map(async (value) => (await search(on('dateUpdated', 'range', value))).body['total']),
  );
  expect(totals).toEqual([1, 0, 0, 1]);
});

test('a range leaves out rows without the field, which only not_exists finds, and which sort last with null', async () => {
  const { search, world, locationId, knobs } = open();
  const never = world.addContact(locationId, {}, { updatedAt: 'none' });
  const all = await search(on('dateUpdated', 'range', { gte: 0 }));
  const lost = await search(on('dateUpdated', 'not_exists'));
  expect([all.body['total'], idsOf(rowsIn(lost, 'contacts'))]).toEqual([25, [never['id']]]);
  const sort = [{ field: 'dateUpdated', direction: 'desc' }];
  const sorted = rowsIn(await search({ pageLimit: 100, sort }), 'contacts');
  expect(sorted.at(-1)).toMatchObject({ id: never['id'], searchAfter: [null, never['id']] });
  const behind = () => search({ sort, pageLimit: 100, searchAfter: [null, textOf(never['id'])] });
  expect((await behind()).status).toBe(400);
  knobs.nullTokens = 'accept';
  expect(await behind()).toMatchObject({ status: 200, body: { contacts: [], total: 26 } });
});

test('groups nest, and an empty group matches everything', async () => {
  const { search, world, locationId } = open();
  world.setContacts(
    locationId,
    [
      ['a', 'TX'],
      ['b', 'NC'],
      ['c', 'FL'],
    ].map(([id = '', state = '']) => ({ id, locationId, state, tags: ['vip'] })),
  );
  const states = ['TX', 'FL'].map((value) => ({ field: 'state', operator: 'eq', value }));
  const filters = [
    { group: 'OR', filters: [{ group: 'AND', filters: states }, ...states] },
    { group: 'OR', filters: [] },
    { field: 'tags', operator: 'eq', value: ['vip', 'other'] },
  ];
  expect(idsOf(rowsIn(await search({ filters }), 'contacts'))).toEqual(['a', 'c']);
});

test('a token is only good for the sort and the filters it was issued for', async () => {
  const { search, knobs } = open();
  const first = rowsIn(await search(OLDEST_FIRST), 'contacts');
  const token = first.at(-1)?.['searchAfter'];
  const filtered = { ...OLDEST_FIRST, ...on('dnd', 'exists'), ...next(token) };
  expect((await search({ ...OLDEST_FIRST, ...next(token) })).status).toBe(200);
  expect((await search(next(token))).status).toBe(400);
  expect((await search(filtered)).status).toBe(400);
  expect((await search({ ...OLDEST_FIRST, searchAfter: [0, 'made-up'] })).status).toBe(400);
  knobs.tokenBinding = 'shape';
  expect((await search(filtered)).status).toBe(200);
});

test('pages by number shift when a row leaves, pages by token do not', async () => {
  const { search, world, locationId } = open();
  const [first, second] = [
    await search({ ...OLDEST_FIRST, page: 1 }),
    rowsIn(await search({ ...OLDEST_FIRST, pageLimit: 20 }), 'contacts').slice(10),
  ];
  const rows = rowsIn(first, 'contacts');
  world.deleteContact(locationId, textOf(rowAt(rows, 0)['id']));
  const byNumber = rowsIn(await search({ ...OLDEST_FIRST, page: 2 }), 'contacts');
  const byToken = rowsIn(
    await search({ ...OLDEST_FIRST, ...next(rows.at(-1)?.['searchAfter']) }),
    'contacts',
  );
  expect(idsOf(byNumber)[0]).toBe(idsOf(second)[1]);
  expect(idsOf(byToken)[0]).toBe(idsOf(second)[0]);
});

test('a row whose sort key changes during a walk is met twice, and the total moves', async () => {
  const { search, world, locationId, beforeAnswer, calls } = open();
  const sort = [{ field: 'dateUpdated', direction: 'asc' }];
  const first = rowAt(rowsIn(await search({ sort }), 'contacts'), 0);
  beforeAnswer(() => {
    if (calls.length === 3) world.updateContact(locationId, textOf(first['id']), { city: 'Moved' });
    if (calls.length === 4) world.addContact(locationId);
  });
  const found = await walk((token) => search({ sort, ...next(token) }), 'contacts');
  const twice = found.filter(({ id }) => id === first['id']);
  expect(twice.map(({ city }) => city)).toEqual([first['city'], 'Moved']);
  expect(found).toHaveLength(27);
});

test('a sort by two keys gives tokens of three values', async () => {
  const { search, world, locationId } = open();
  const sort = ['source', 'dateAdded'].map((field) => ({ field, direction: 'desc' }));
  world.setContacts(
    locationId,
    world.contacts(locationId).map((row) => ({ ...row, source: row['source'] ?? 'none' })),
  );
  const found = await walk((token) => search({ sort, ...next(token) }), 'contacts');
  expect(new Set(idsOf(found)).size).toBe(25);
  expect(rowAt(found, 0)['searchAfter']).toHaveLength(3);
});

test('pages may be cut without a word, refused above a size, and their total may drift', async () => {
  const { search, knobs } = open();
  knobs.silentPageSize = 7;
  expect(rowsIn(await search({}), 'contacts')).toHaveLength(7);
  knobs.refusedPageSize = { over: 9, answer: { kind: 'status', status: 413, message: 'too large' } };
  expect((await search({})).status).toBe(413);
  knobs.reportedTotal = (total) => total + 3;
  expect((await search({ pageLimit: 9 })).body['total']).toBe(28);
});

test('all rows of one millisecond are met across pages, because ids break their ties', async () => {
  const { search, world, locationId } = open();
  const dateAdded = '2025-01-01T00:00:00.000Z';
  world.addContacts(locationId, 40, { dateAdded, dateUpdated: dateAdded });
  const found = await walk((token) => search({ ...OLDEST_FIRST, ...next(token) }), 'contacts');
  expect(new Set(idsOf(found)).size).toBe(65);
});
