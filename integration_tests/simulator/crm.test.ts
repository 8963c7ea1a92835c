import { expect, test } from '@jest/globals';
import type { JsonObject } from '../../src/foundation/json.ts';
import type { SimulatorOptions } from './options.ts';
import { createSimulator } from './simulator.ts';
import { createTestClient, firstLocation, idsOf, rowAt, rowsIn } from './test-client.ts';
import { textOf } from './text-of.ts';

const open = (options: SimulatorOptions = {}) => {
  const simulator = createSimulator({ contactsPerLocation: 10, now: () => Date.UTC(2025, 6, 1), ...options });
  const locationId = firstLocation(simulator);
  const client = createTestClient(simulator, simulator.locationToken(locationId));
  const { world } = simulator;
  const tasks = (body: JsonObject = {}) => client.post(`/locations/${locationId}/tasks/search`, body);
  return { ...simulator, client, locationId, world, tasks };
};

const LISTS = [
  ['/opportunities/lost-reason', 'lostReasons'],
  ['/businesses/', 'businesses'],
] as const;

test.each(LISTS)('%s comes in pages, newest first, which an insert shifts', async (path, wrapper) => {
  const { client, locationId, world, knobs } = open();
  knobs.silentPageSize = 6;
  const page = async (skip: number) =>
    idsOf(rowsIn(await client.get(`${path}?locationId=${locationId}&limit=100&skip=${skip}`), wrapper));
  const first = await page(0);
  expect(first).toHaveLength(6);
  expect((await page(6)).length).toBeGreaterThan(0);
  const added = world.collection(locationId, path === '/businesses/' ? 'companies' : 'lost_reasons').add();
  expect(idsOf([added])).toEqual((await page(0)).slice(0, 1));
  expect((await page(6))[0]).toBe(first.at(-1));
});

test.each([
  ['/opportunities/lost-reason', ['locationId must be a string', 'locationId should not be empty']],
  ['/businesses/?locationId=L&limit=101', ['limit must not be greater than 100']],
  ['/businesses/?locationId=L&limit=ten', ['limit must be a number string']],
  ['/opportunities/lost-reason?locationId=L&limit=101', ['limit must not be greater than 100']],
  [
    '/opportunities/lost-reason?locationId=L&deleted=1',
    ['deleted must be one of the following values: true, false'],
  ],
  ['/workflows/?locationId=L&limit=10', ['property limit should not exist']],
  ['/workflows/', ['locationId must be a string', 'locationId should not be empty']],
  ['/locations/L/tags?skip=1', ['property skip should not exist']],
  ['/locations/L/customValues?limit=1', ['property limit should not exist']],
  ['/contacts/C/notes?limit=1', ['property limit should not exist']],
])('%s is refused with 422', async (path, message) => {
  const { client } = open({ locations: [{ id: 'L' }] });
  const reply = await client.get(path);
  expect([reply.status, reply.body['message']]).toEqual([422, message]);
});

test('deleted lost reasons are left out unless they are asked for, and then come alone', async () => {
  const { client, locationId, world } = open();
  const list = async (query: string) =>
    idsOf(
      rowsIn(await client.get(`/opportunities/lost-reason?locationId=${locationId}${query}`), 'lostReasons'),
    );
  const [kept, deleted] = [await list(''), await list('&deleted=true')];
  expect([kept.length, deleted.length]).toEqual([10, 2]);
  expect(await list('&deleted=false')).toEqual(kept);
  expect([...kept, ...deleted].toSorted()).toEqual(
    idsOf(world.collection(locationId, 'lost_reasons').rows()).toSorted(),
  );
});

test('lost reasons are counted only on request, by the knob, and are found by name or part of it', async () => {
  const { client, locationId, knobs } = open();
  knobs.reportedTotal = (total) => total + 1;
  const path = `/opportunities/lost-reason?locationId=${locationId}`;
  expect((await client.get(path)).body).not.toHaveProperty('total');
  expect((await client.get(`${path}&getCount=true&limit=1`)).body['total']).toBe(11);
  expect(rowsIn(await client.get(`${path}&name=Price too high`), 'lostReasons')).toHaveLength(1);
  expect(rowsIn(await client.get(`${path}&query=HIGH`), 'lostReasons')).toHaveLength(2);
});

test('companies have no total, and typed custom fields on some rows', async () => {
  const { client, locationId } = open();
  const reply = await client.get(`/businesses/?locationId=${locationId}`);
  const fields = rowsIn(reply, 'businesses').flatMap((row) => rowsIn({ body: row }, 'customFields'));
  expect(reply.body).not.toHaveProperty('total');
  expect(rowsIn(reply, 'businesses').some((row) => !('customFields' in row))).toBe(true);
  expect(fields.some((field) => typeof field['fieldValueNumber'] === 'number')).toBe(true);
});

test('tags and custom values are whole lists without dates', async () => {
  const { client, locationId } = open();
  const tags = rowsIn(await client.get(`/locations/${locationId}/tags`), 'tags');
  const values = rowsIn(await client.get(`/locations/${locationId}/customValues`), 'customValues');
  expect([tags.length, values.length]).toEqual([8, 8]);
  expect(Object.keys(rowAt(tags, 0)).toSorted()).toEqual(['id', 'locationId', 'name']);
  expect(rowAt(values, -1)['fieldKey']).toBe('{{ custom_values.business_name }}');
});

test('folders stand among the workflows', async () => {
  const { client, locationId } = open();
  const rows = rowsIn(await client.get(`/workflows/?locationId=${locationId}`), 'workflows');
  const folders = rows.filter(({ type }) => type === 'folder');
  expect(folders).toHaveLength(2);
  expect(Object.keys(rowAt(folders, 0)).toSorted()).toEqual(
    ['createdAt', 'id', 'locationId', 'name', 'type', 'updatedAt'].toSorted(),
  );
  expect(rows.filter(({ version }) => typeof version === 'number')).toHaveLength(6);
});

test('only open tasks come unless done ones are asked for, with 201, and no total', async () => {
  const { tasks } = open();
  const [silent, stillOpen, done] = [
    await tasks(),
    await tasks({ completed: false }),
    await tasks({ completed: true }),
  ];
  expect([silent.status, rowsIn(silent, 'tasks').length, rowsIn(done, 'tasks').length]).toEqual([201, 16, 8]);
  expect(rowsIn(stillOpen, 'tasks')).toEqual(rowsIn(silent, 'tasks'));
  expect(silent.body).not.toHaveProperty('total');
});

test('some tasks have an _id instead of an id, and each carries searchAfter', async () => {
  const { tasks, world, locationId } = open();
  const rows = rowsIn(await tasks(), 'tasks');
  const idOf = (row: JsonObject) => row['_id'] ?? row['id'];
  const named = rows.filter((row) => '_id' in row);
  expect(named.some((row) => 'id' in row)).toBe(false);
  expect(named.length > 0 && named.length < rows.length).toBe(true);
  expect(rows.every((row) => world.collection(locationId, 'tasks').find(textOf(idOf(row))))).toBe(true);
  const row = rowAt(rows, 0);
  expect(row['searchAfter']).toEqual([Date.parse(textOf(row['dateAdded'])), idOf(row)]);
});

test('tasks are cut to pages, and filtered by contact, user, company and title', async () => {
  const { tasks, world, locationId } = open();
  const added = world.collection(locationId, 'tasks').add({ title: 'Order a crown', completed: false });
  world.updateContact(locationId, textOf(added['contactId']), { businessId: 'B' });
  const count = async (body: JsonObject) => rowsIn(await tasks(body), 'tasks').length;
  expect(await count({ limit: 10, skip: 10 })).toBe(7);
  expect(await count({ query: 'CROWN' })).toBe(1);
  expect(await count({ query: 'crown', contactId: [textOf(added['contactId'])], businessId: 'B' })).toBe(1);
  expect(await count({ assignedTo: ['nobody'] })).toBe(0);
  expect(await count({ businessId: 'another' })).toBe(0);
});

test.each<[JsonObject, readonly string[]]>([
  [{ limit: 101 }, ['limit must not be greater than 100']],
  [{ limit: '25' }, ['limit must be a number conforming to the specified constraints']],
  [{ skip: -1 }, ['skip must not be less than 0']],
  [{ completed: 'true' }, ['completed must be a boolean value']],
  [
    { contactId: 'C', assignedTo: [1] },
    ['contactId must be an array', 'each value in assignedTo must be a string'],
  ],
  [{ locationId: 'L', page: 1 }, ['property locationId should not exist', 'property page should not exist']],
])('a search for tasks with %j is refused with 422', async (body, message) => {
  const reply = await open().tasks(body);
  expect([reply.status, reply.body['message']]).toEqual([422, message]);
});

test('notes come by contact, have no update time, and none come for a contact that is gone', async () => {
  const { client, world, locationId } = open();
  const notes = world.collection(locationId, 'contact_notes').rows();
  const contactId = textOf(rowAt(notes, 0)['contactId']);
  const rows = rowsIn(await client.get(`/contacts/${contactId}/notes`), 'notes');
  expect(rows).toEqual(notes.filter((row) => row['contactId'] === contactId).toReversed());
  expect(rows).toHaveLength(3);
  expect(rowAt(rows, 0)).not.toHaveProperty('dateUpdated');
  world.deleteContact(locationId, contactId);
  const reply = await client.get(`/contacts/${contactId}/notes`);
  expect([reply.status, reply.body['message']]).toEqual([400, `Contact with id ${contactId} not found`]);
});

test('the old list of contacts tells first and last touch, the same each time, unless the row does', async () => {
  const { client, world, locationId } = open({ contactsPerLocation: 40 });
  const list = async () =>
    rowsIn(await client.get(`/contacts/?locationId=${locationId}&limit=100`), 'contacts');
  const before = await list();
  const counts = before.map((row) => rowsIn({ body: row }, 'attributions').length);
  expect(new Set(counts)).toEqual(new Set([0, 1, 2]));
  expect(await list()).toEqual(before);
  const touches = rowsIn({ body: rowAt(before, counts.indexOf(2)) }, 'attributions');
  expect(touches).toMatchObject([{ isFirst: true }, { isLast: true }]);
  expect(rowAt(touches, 0)).toHaveProperty('utmGclid');
  const id = textOf(rowAt(before, 0)['id']);
  world.updateContact(locationId, id, { attributions: [{ isFirst: true, medium: 'api' }] });
  const updated = (await list()).find((row) => row['id'] === id);
  expect(updated?.['attributions']).toEqual([{ isFirst: true, medium: 'api' }]);
});

test('each list wants its own scope', async () => {
  const { client, locationId, tasks } = open({ scopes: ['contacts.readonly'] });
  const paths = ['tags', 'customValues'].map((name) => `/locations/${locationId}/${name}`);
  const lists = ['/businesses/', '/workflows/', '/opportunities/lost-reason'].map(
    (path) => `${path}?locationId=${locationId}`,
  );
  const replies = await Promise.all([...paths, ...lists].map((path) => client.get(path)));
  expect([...replies, await tasks()].map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 401]);
});
