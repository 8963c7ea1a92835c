import { expect, test } from '@jest/globals';
import type { JsonObject, JsonValue } from '../../src/foundation/json.ts';
import { isJsonArray } from '../../src/foundation/json.ts';
import { createSimulator } from './simulator.ts';
import { textOf } from './text-of.ts';
import { createTestClient, firstLocation, idsOf, rowAt, rowsIn, walk } from './test-client.ts';

const open = () => {
  const simulator = createSimulator({ contactsPerLocation: 50, opportunitiesPerLocation: 25 });
  const locationId = firstLocation(simulator);
  const client = createTestClient(simulator, simulator.locationToken(locationId));
  const search = (body: JsonObject) =>
    client.post('/opportunities/search', { locationId, limit: 10, ...body });
  return { ...simulator, locationId, search };
};

const sort = [{ field: 'date_added', direction: 'asc' }];
const next = (token: JsonValue | undefined): JsonObject =>
  token === undefined ? {} : { searchAfter: token };

test('the status is 201, the token is called sort and ends with the contact', async () => {
  const { search } = open();
  const reply = await search({});
  const row = rowAt(rowsIn(reply, 'opportunities'), 0);
  expect(reply.status).toBe(201);
  expect(row['sort']).toEqual([Date.parse(textOf(row['createdAt'])), expect.any(String)]);
  expect(rowAt(rowsIn({ body: row }, 'relations'), 0)['recordId']).toBe(rowsTail(row['sort']));
  expect(row).not.toHaveProperty('searchAfter');
  expect(reply.body).toMatchObject({ total: 25, aggregations: {} });
});

const rowsTail = (token: JsonValue | undefined): JsonValue | undefined =>
  isJsonArray(token) ? token.at(-1) : undefined;

test('a walk by token meets every opportunity once', async () => {
  const { search, world, locationId } = open();
  const found = await walk((token) => search({ sort, ...next(token) }), 'opportunities');
  expect([...idsOf(found)].sort()).toEqual([...idsOf(world.opportunities(locationId))].sort());
});

test('two opportunities of one contact in the same millisecond are parted by a page edge, and one is skipped', async () => {
  const { search, world, locationId } = open();
  const createdAt = '2020-01-01T00:00:00.000Z';
  const contactId = 'oneContact0000000000';
  world.addOpportunities(locationId, 2, { contactId, createdAt });
  const found = await walk((token) => search({ sort, limit: 1, ...next(token) }), 'opportunities');
  const whole = await search({ sort, limit: 2 });
  expect(found).toHaveLength(26);
  expect(whole.body['total']).toBe(27);
  expect(rowsIn(whole, 'opportunities').map((row) => row['contactId'])).toEqual([contactId, contactId]);
});

test.each([
  [{ filters: [{ field: 'pipelineId', operator: 'eq', value: 'x' }] }, 'Invalid field - pipelineId'],
  [{ sort: [{ field: 'dateAdded', direction: 'asc' }] }, 'Invalid field - dateAdded'],
  [{ limit: 101 }, ['limit must not be greater than 100']],
  [{ pageLimit: 10 }, ['property pageLimit should not exist']],
  [{ additionalDetails: { everything: true } }, ['property everything should not exist']],
])('%j is refused with 422', async (body, message) => {
  const { search } = open();
  const reply = await search(body);
  expect([reply.status, reply.body['message']]).toEqual([422, message]);
});

test('filters are written in snake_case and compare what the rows have in camelCase', async () => {
  const { search, world, locationId } = open();
  const row = rowAt(world.opportunities(locationId), 0);
  const filters = [
    {
      field: 'date_updated',
      operator: 'range',
      value: { gte: row['updatedAt'] ?? '', lte: row['updatedAt'] ?? '' },
    },
    { field: 'pipeline_stage_id', operator: 'eq', value: [row['pipelineStageId'] ?? '', 'another'] },
  ];
  expect(idsOf(rowsIn(await search({ filters }), 'opportunities'))).toEqual([row['id']]);
});

test('notes, tasks and events are embedded only when asked for', async () => {
  const { search } = open();
  const plain = rowAt(rowsIn(await search({}), 'opportunities'), 0);
  const rich = rowAt(
    rowsIn(await search({ additionalDetails: { notes: true, tasks: false } }), 'opportunities'),
    0,
  );
  expect(plain).not.toHaveProperty('notes');
  expect(rich).toHaveProperty('notes');
  expect(rich).not.toHaveProperty('tasks');
});

test('an opportunity without contactId is still tied to the contact of its primary relation', async () => {
  const { search, world, locationId } = open();
  const [row] = world.opportunities(locationId).filter((candidate) => 'contactId' in candidate);
  const id = textOf(row?.['id']);
  world.updateOpportunity(locationId, id, {}, { without: ['contactId', 'contact'] });
  const found = rowsIn(await search({ limit: 100 }), 'opportunities').find(
    (candidate) => candidate['id'] === id,
  );
  expect(rowsTail(found?.['sort'])).toBe(row?.['contactId']);
  expect(found).not.toHaveProperty('contactId');
});
