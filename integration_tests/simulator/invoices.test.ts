import { expect, test } from '@jest/globals';
import type { JsonObject } from '../../src/foundation/json.ts';
import { isJsonObject } from '../../src/foundation/json.ts';
import type { SimulatorOptions } from './options.ts';
import { createSimulator } from './simulator.ts';
import { createTestClient, firstLocation, rowAt, rowsIn } from './test-client.ts';
import { textOf } from './text-of.ts';

const open = (options: SimulatorOptions = {}) => {
  const simulator = createSimulator({ contactsPerLocation: 5, ...options });
  const locationId = firstLocation(simulator);
  const client = createTestClient(simulator, simulator.locationToken(locationId));
  const at = (path: string) => (query: string) =>
    client.get(`${path}?altId=${locationId}&altType=location${query}`);
  return { ...simulator, locationId, invoices: at('/invoices/'), estimates: at('/invoices/estimate/list') };
};

const PAGE = '&limit=100&offset=0';
const hexIds = (rows: readonly JsonObject[]) => rows.map(({ _id }) => textOf(_id));
const dated = (_id: string, issueDate: string): JsonObject => ({
  _id,
  issueDate,
  createdAt: '2020-01-01T00:00:00.000Z',
});

test('invoices come newest first with a true total, and are the world', async () => {
  const { invoices, world, locationId } = open();
  const reply = await invoices(PAGE);
  const rows = rowsIn(reply, 'invoices');
  const times = rows.map(({ createdAt }) => textOf(createdAt));
  expect(times).toEqual([...times].sort().reverse());
  expect(rows).toEqual(expect.arrayContaining([...world.collection(locationId, 'invoices').rows()]));
  expect(reply.body['total']).toBe(14);
});

test.each([
  [
    '',
    [
      'limit must be a string',
      'limit should not be empty',
      'offset must be a string',
      'offset should not be empty',
    ],
  ],
  ['&limit=10', ['offset must be a string', 'offset should not be empty']],
  ['&limit=101&offset=0', ['limit must not be greater than 100']],
  [`${PAGE}&skip=1`, ['property skip should not exist']],
  [`${PAGE}&startAt=2025-1-1`, ['startAt must be a valid date in the format YYYY-MM-DD']],
  [`${PAGE}&endAt=2025-02-30`, ['endAt must be a valid date in the format YYYY-MM-DD']],
  [`${PAGE}&sortField=createdAt`, ['sortField must be one of the following values: issueDate']],
  [`${PAGE}&sortOrder=asc`, ['sortOrder must be one of the following values: ascend, descend']],
])('invoices with "%s" are refused with 422', async (query, message) => {
  const { invoices } = open();
  const reply = await invoices(query);
  expect([reply.status, reply.body['message']]).toEqual([422, message]);
});

test.each(['/invoices/', '/invoices/estimate/list'])('%s wants both names of the location', async (path) => {
  const simulator = createSimulator();
  const locationId = firstLocation(simulator);
  const client = createTestClient(simulator, simulator.locationToken(locationId));
  expect((await client.get(`${path}?altId=${locationId}&limit=1&offset=0`)).status).toBe(422);
  expect((await client.get(`${path}?altType=location&limit=1&offset=0`)).status).toBe(422);
  expect((await client.get(`${path}?altId=other&altType=location&limit=1&offset=0`)).status).toBe(403);
});

test('startAt and endAt go by the issue date, from 14:00 UTC of the day before, and leave the last day out', async () => {
  const { invoices, world, locationId, knobs } = open();
  const times = [
    '2025-03-09T13:59:59.999Z',
    '2025-03-09T14:00:00.000Z',
    '2025-03-10',
    '2025-03-10T13:59:59.999Z',
    '2025-03-10T14:00:00.000Z',
    '2025-03-11',
  ];
  world.collection(locationId, 'invoices').set(times.map((time, index) => dated(`i${index}`, time)));
  const found = async (query: string) => hexIds(rowsIn(await invoices(PAGE + query), 'invoices')).toSorted();
  expect(await found('&startAt=2025-03-10&endAt=2025-03-11')).toEqual(['i1', 'i2', 'i3']);
  expect(await found('&startAt=2025-03-11')).toEqual(['i4', 'i5']);
  expect(await found('&startAt=2025-03-10&endAt=2025-03-10')).toEqual([]);
  knobs.dayOffsetMinutes = 0;
  expect(await found('&startAt=2025-03-10&endAt=2025-03-11')).toEqual(['i2', 'i3', 'i4']);
});

test('an insert between two pages shifts the other rows', async () => {
  const { invoices, world, locationId } = open();
  const first = rowsIn(await invoices('&limit=5&offset=0'), 'invoices');
  world.collection(locationId, 'invoices').add();
  const second = rowsIn(await invoices('&limit=5&offset=5'), 'invoices');
  expect(rowAt(second, 0)['_id']).toBe(rowAt(first, -1)['_id']);
});

test('invoices may be sorted by issue date, in either order', async () => {
  const { invoices } = open();
  const days = async (query: string) =>
    rowsIn(await invoices(PAGE + query), 'invoices').map(({ issueDate }) => textOf(issueDate).slice(0, 10));
  const ascending = await days('&sortField=issueDate&sortOrder=ascend');
  expect(ascending).toEqual([...ascending].sort());
  expect(await days('&sortField=issueDate')).toEqual([...ascending].reverse());
  expect(await days('&sortOrder=ascend')).toEqual(await days(''));
});

test('status, contact, mode and text narrow the list and its total', async () => {
  const { invoices } = open();
  const all = rowsIn(await invoices(PAGE), 'invoices');
  const { status, contactDetails } = rowAt(all, 0);
  const contactId = isJsonObject(contactDetails) ? textOf(contactDetails['id']) : '';
  const paid = await invoices(`${PAGE}&status=${textOf(status)}`);
  expect(paid.body['total']).toBe(all.filter((row) => row['status'] === status).length);
  expect(rowsIn(await invoices(`${PAGE}&contactId=${contactId}`), 'invoices').length).toBeGreaterThan(0);
  expect((await invoices(`${PAGE}&search=no-such-text`)).body).toMatchObject({ invoices: [], total: 0 });
  const modes = [await invoices(`${PAGE}&paymentMode=live`), await invoices(`${PAGE}&paymentMode=test`)];
  expect(modes.map(({ body }) => Number(body['total'])).reduce((sum, count) => sum + count)).toBe(14);
});

test('numbers of invoices are texts or numbers, and items are objects with ids', async () => {
  const { invoices } = open({ rows: { ['invoices']: 60 } });
  const rows = rowsIn(await invoices(PAGE), 'invoices');
  expect(new Set(rows.map(({ invoiceNumber }) => typeof invoiceNumber))).toEqual(
    new Set(['string', 'number']),
  );
  for (const row of rows) {
    const items = rowsIn({ body: row }, 'invoiceItems');
    expect(items.length).toBeGreaterThan(0);
    expect(items.length).toBeLessThan(5);
    expect(rowAt(items, 0)).toMatchObject({
      _id: expect.stringMatching(/^[0-9a-f]{24}$/),
      name: expect.any(String),
    });
  }
});

test('a third of the invoices carry the authorization header of an internal task', async () => {
  const { invoices } = open({ variations: false });
  const rows = rowsIn(await invoices(PAGE), 'invoices');
  const leaks = rows.filter(({ meta }) => JSON.stringify(meta).includes('Bearer '));
  expect(leaks).toHaveLength(5);
  const headers = { Authorization: expect.stringMatching(/^Bearer .{40,}/) };
  expect(rowAt(leaks, 0)['meta']).toMatchObject({
    autoPayment: { taskReq: { headers, httpRequest: { headers } } },
  });
  expect(new Set(rows.map(({ invoiceNumber }) => typeof invoiceNumber))).toEqual(new Set(['string']));
});

test('estimates keep their items under another name, and know other parameters', async () => {
  const { estimates } = open();
  const reply = await estimates(PAGE);
  expect(reply.body['total']).toBe(8);
  expect(rowsIn({ body: rowAt(rowsIn(reply, 'estimates'), 0) }, 'items').length).toBeGreaterThan(0);
  expect((await estimates(`${PAGE}&status=paid`)).status).toBe(422);
  expect((await estimates(`${PAGE}&sortField=issueDate`)).body['message']).toEqual([
    'property sortField should not exist',
  ]);
  expect((await estimates(`${PAGE}&status=all`)).body['total']).toBe(8);
});

test('lists without the scope are refused', async () => {
  const { invoices, estimates } = open({ scopes: ['products.readonly'] });
  expect([(await invoices(PAGE)).status, (await estimates(PAGE)).status]).toEqual([401, 401]);
});
