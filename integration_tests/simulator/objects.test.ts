import { expect, test } from '@jest/globals';
import type { JsonObject, JsonValue } from '../../src/foundation/json.ts';
import type { SimulatorOptions } from './options.ts';
import { createSimulator } from './simulator.ts';
import { createTestClient, firstLocation, idsOf, rowAt, rowsIn } from './test-client.ts';
import { textOf } from './text-of.ts';

const PETS = 'custom_objects.pets';

const open = (options: SimulatorOptions = {}) => {
  const time = { at: Date.UTC(2025, 6, 1) };
  const simulator = createSimulator({ contactsPerLocation: 10, now: () => time.at, ...options });
  const locationId = firstLocation(simulator);
  const client = createTestClient(simulator, simulator.locationToken(locationId));
  const search = (body: JsonObject = {}, key = PETS) =>
    client.post(`/objects/${key}/records/search`, {
      locationId,
      page: 1,
      pageLimit: 100,
      query: '',
      searchAfter: [],
      ...body,
    });
  const relations = (recordId: string, query = '') =>
    client.get(`/associations/relations/${recordId}?locationId=${locationId}&skip=0&limit=100${query}`);
  const rowsOf = (kind: 'object_schemas' | 'object_records' | 'associations' | 'relations') =>
    simulator.world.collection(locationId, kind).rows();
  return { ...simulator, time, client, locationId, search, relations, rowsOf };
};

test('standard objects are among the schemas', async () => {
  const { client, locationId } = open();
  const rows = rowsIn(await client.get(`/objects/?locationId=${locationId}`), 'objects');
  expect(rows.filter(({ standard }) => standard === true).map(({ key }) => key)).toEqual([
    'business',
    'opportunity',
    'contact',
  ]);
  expect(rows.find(({ key }) => key === PETS)).toMatchObject({
    standard: false,
    labels: { singular: 'Pet', plural: 'Pets' },
    dateUpdated: expect.stringMatching(/Z$/),
  });
});

test('records come newest first with 201 and a total, each with the token of its place', async () => {
  const { search, rowsOf } = open();
  const reply = await search();
  const rows = rowsIn(reply, 'records');
  const times = rows.map((row) => Date.parse(textOf(row['createdAt'])));
  expect([reply.status, reply.body['total'], rows.length]).toEqual([201, 9, 9]);
  expect(times).toEqual(times.toSorted((left, right) => right - left));
  expect(rowAt(rows, 2)['searchAfter']).toEqual([times[2], rowAt(rows, 2)['id']]);
  expect(rowsOf('object_records')).toContainEqual(
    (({ searchAfter: _, ...row }: JsonObject) => row)(rowAt(rows, 0)),
  );
});

test('records know their object', async () => {
  const { search, rowsOf } = open();
  const pets = rowsOf('object_schemas').find(({ key }) => key === PETS);
  for (const row of rowsIn(await search(), 'records'))
    expect(row).toMatchObject({ objectKey: PETS, objectId: pets?.['id'], properties: expect.any(Object) });
});

test('a walk by token meets every record once, also those of one millisecond, and ignores the page', async () => {
  const { search, world, locationId } = open();
  const records = world.collection(locationId, 'object_records');
  for (const { id } of records.rows()) records.update(textOf(id), { createdAt: '2025-01-01T00:00:00.000Z' });
  const found: string[] = [];
  let searchAfter: JsonValue = [];
  for (;;) {
    const page = found.length === 0 ? 1 : 9_999;
    const rows = rowsIn(await search({ pageLimit: 4, page, searchAfter }), 'records');
    if (rows.length === 0) break;
    found.push(...idsOf(rows));
    searchAfter = rows.at(-1)?.['searchAfter'] ?? [];
  }
  const pets = records.rows().filter(({ objectKey }) => objectKey === PETS);
  expect(found).toEqual(idsOf(pets).toSorted());
});

test('a token goes on behind its row though a newer one came, a page number does not', async () => {
  const { search, world, locationId, knobs } = open();
  knobs.silentPageSize = 6;
  const first = rowsIn(await search(), 'records');
  const rest = idsOf(rowsIn(await search({ page: 2 }), 'records'));
  world.collection(locationId, 'object_records').add({ objectKey: PETS });
  const searchAfter = first.at(-1)?.['searchAfter'] ?? [];
  expect(idsOf(rowsIn(await search({ searchAfter }), 'records'))).toEqual(rest);
  expect(idsOf(rowsIn(await search({ page: 2 }), 'records'))).toEqual([first.at(-1)?.['id'], ...rest]);
});

test('a search sees a write only after the lag of the index', async () => {
  const { search, world, locationId, knobs, time } = open();
  knobs.indexLagMs = 12_000;
  world.collection(locationId, 'object_records').add({ objectKey: PETS });
  expect((await search()).body['total']).toBe(9);
  time.at += 12_000;
  expect((await search()).body['total']).toBe(10);
});

test('records are found by the texts of their properties', async () => {
  const { search, world, locationId } = open();
  const records = world.collection(locationId, 'object_records');
  records.add({ objectKey: PETS, properties: { name: 'Rumpelstiltskin' } });
  expect((await search({ query: 'STILT', filters: [], sort: [] })).body['total']).toBe(1);
});

test.each<[string, JsonObject, number, JsonValue]>([
  ['custom_objects.nope', {}, 400, 'Object schema not found'],
  ['contact', {}, 400, 'Object schema not found'],
  [PETS, { page: 101 }, 400, 'Only the first 10000 records can be reached by page, use searchAfter'],
  [PETS, { searchAfter: ['x'] }, 400, 'Invalid searchAfter'],
  [PETS, { pageLimit: 101 }, 422, ['pageLimit must not be greater than 100']],
  [PETS, { page: 0 }, 422, ['page must not be less than 1']],
  [PETS, { query: null, searchAfter: 'x' }, 422, ['query must be a string', 'searchAfter must be an array']],
  [PETS, { limit: 10 }, 422, ['property limit should not exist']],
])('records of %s with %j are refused with %d', async (key, body, status, message) => {
  const reply = await open().search(body, key);
  expect([reply.status, reply.body['message']]).toEqual([status, message]);
});

test('everything that a search of records needs is named at once', async () => {
  const { client } = open();
  const reply = await client.post(`/objects/${PETS}/records/search`, {});
  expect([reply.status, reply.body['message']]).toEqual([
    422,
    [
      'locationId must be a string',
      'locationId should not be empty',
      'page must be a number conforming to the specified constraints',
      'pageLimit must be a number conforming to the specified constraints',
      'query must be a string',
      'searchAfter must be an array',
    ],
  ]);
});

test('associations come in pages with a total, and one of them has the same id everywhere', async () => {
  const { client, locationId, knobs } = open();
  knobs.silentPageSize = 6;
  const page = (skip: number) => client.get(`/associations/?locationId=${locationId}&skip=${skip}&limit=100`);
  const [first, second] = [await page(0), await page(6)];
  expect([rowsIn(first, 'associations').length, first.body['total']]).toEqual([6, 8]);
  expect(rowAt(rowsIn(second, 'associations'), -1)).toMatchObject({
    id: 'OPPORTUNITIES_CONTACTS_ASSOCIATION',
    associationType: 'SYSTEM_DEFINED',
  });
});

test.each([
  ['/associations/?locationId=L', ['skip', 'limit']],
  ['/associations/?skip=0&limit=10', ['locationId']],
  ['/associations/relations/R?locationId=L&limit=10', ['skip']],
  ['/objects/', ['locationId']],
])('%s is refused with 422 for want of %j', async (path, missing) => {
  const { client } = open({ locations: [{ id: 'L' }] });
  const reply = await client.get(path);
  const message = missing.flatMap((name) => [`${name} must be a string`, `${name} should not be empty`]);
  expect([reply.status, reply.body['message']]).toEqual([422, message]);
});

test('lists of associations and relations are of at most 100', async () => {
  const { client } = open({ locations: [{ id: 'L' }] });
  for (const path of ['/associations/', '/associations/relations/R']) {
    const reply = await client.get(`${path}?locationId=L&skip=0&limit=101`);
    expect([reply.status, reply.body['message']]).toEqual([422, ['limit must not be greater than 100']]);
  }
});

test('a relation between two records is listed for both, and one with a contact for the contact, too', async () => {
  const { relations, rowsOf } = open();
  const rows = rowsOf('relations');
  const between = rows.find((row) => row['firstObjectKey'] === row['secondObjectKey']) ?? {};
  const withContact = rows.find((row) => row['secondObjectKey'] === 'contact') ?? {};
  for (const id of [between['firstRecordId'], between['secondRecordId']])
    expect(rowsIn(await relations(textOf(id)), 'relations')).toContainEqual(between);
  const reply = await relations(textOf(withContact['secondRecordId']));
  expect(rowsIn(reply, 'relations')).toContainEqual(withContact);
});

test('relations fit their association, which they can be asked by', async () => {
  const { relations, rowsOf } = open();
  const keysOf = (row: JsonObject) => [row['firstObjectKey'], row['secondObjectKey']];
  const keys = new Map(rowsOf('associations').map((row) => [row['id'], keysOf(row)]));
  const all = rowsOf('relations');
  expect(all.map((row) => keys.get(row['associationId'] ?? ''))).toEqual(all.map(keysOf));
  const { firstRecordId, associationId } = rowAt(all, 0);
  const asked = await relations(textOf(firstRecordId), `&associationIds=${textOf(associationId)}`);
  expect(new Set(rowsIn(asked, 'relations').map((row) => row['associationId']))).toEqual(
    new Set([associationId]),
  );
});

test('a record that nobody knows has no relations', async () => {
  expect((await open().relations('nobody')).body).toMatchObject({ relations: [], total: 0 });
});

test('rows do without the objects and records they would point to', () => {
  const { rowsOf } = open({ rows: { object_schemas: 0, object_records: 0, associations: 0, relations: 4 } });
  expect(rowsOf('relations')).toHaveLength(4);
  expect(rowAt(rowsOf('relations'), 3)).toMatchObject({ firstRecordId: '', associationId: '' });
});
