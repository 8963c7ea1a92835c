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
  const list = (path: string, query = '') =>
    client.get(`/payments/${path}?altId=${locationId}&altType=location${query}`);
  return { ...simulator, locationId, client, list };
};

const hexIds = (rows: readonly JsonObject[]) => rows.map(({ _id }) => textOf(_id));
const LISTS = [
  { path: 'orders', kind: 'orders', size: 10, total: 16 },
  { path: 'transactions', kind: 'transactions', size: 10, total: 20 },
  { path: 'subscriptions', kind: 'subscriptions', size: 8, total: 8 },
  { path: 'coupon/list', kind: 'coupons', size: 8, total: 8 },
] as const;

test.each(LISTS)(
  '$kind come newest first, in pages of their own size, with a total',
  async ({ path, size, total }) => {
    const { list } = open();
    const reply = await list(path);
    const rows = rowsIn(reply, 'data');
    const times = rows.map(({ createdAt }) => textOf(createdAt));
    expect(times).toEqual([...times].sort().reverse());
    expect([rows.length, reply.body['totalCount']]).toEqual([size, total]);
    expect(hexIds(rows)).toEqual(rows.map(() => expect.stringMatching(/^[0-9a-f]{24}$/)));
  },
);

test.each(LISTS)(
  'a walk by offset meets all $kind, also in pages cut without a word',
  async ({ path, kind }) => {
    const { list, world, locationId } = open({ knobs: { silentPageSize: 6 } });
    const found: JsonObject[] = [];
    for (;;) {
      const rows = rowsIn(await list(path, `&limit=100&offset=${found.length}`), 'data');
      if (rows.length === 0) break;
      found.push(...rows);
    }
    expect(hexIds(found).toSorted()).toEqual(hexIds(world.collection(locationId, kind).rows()).toSorted());
  },
);

test.each(LISTS)('$kind refuse what they do not know, and large pages', async ({ path }) => {
  const { list } = open();
  expect((await list(path, '&page=1')).body['message']).toEqual(['property page should not exist']);
  expect((await list(path, '&limit=101')).status).toBe(422);
});

test('only orders do without altType, and nothing does without altId', async () => {
  const { client, locationId } = open();
  const statuses = async (query: string) =>
    Promise.all(LISTS.map(async ({ path }) => (await client.get(`/payments/${path}?${query}`)).status));
  expect(await statuses(`altId=${locationId}`)).toEqual([200, 422, 422, 422]);
  expect(await statuses('altType=location')).toEqual([422, 422, 422, 422]);
  expect((await client.get(`/payments/orders?locationId=${locationId}`)).status).toBe(422);
});

test.each(['orders', 'transactions', 'subscriptions'] as const)(
  'days of %s begin at 14:00 UTC of the day before, and endAt is left out',
  async (kind) => {
    const { list, world, locationId } = open();
    const times = ['09T13:59:59.999Z', '09T14:00:00.000Z', '10T13:59:59.999Z', '10T14:00:00.000Z'];
    world
      .collection(locationId, kind)
      .set(times.map((time, index) => ({ _id: `row${index}`, createdAt: `2025-03-${time}` })));
    const reply = await list(kind, '&startAt=2025-03-10&endAt=2025-03-11');
    expect(hexIds(rowsIn(reply, 'data'))).toEqual(['row2', 'row1']);
    expect((await list(kind, '&startAt=2025-03-10T00:00:00Z')).status).toBe(422);
  },
);

test('coupons know no days, and their statuses only', async () => {
  const { list } = open();
  expect((await list('coupon/list', '&startAt=2025-03-10')).status).toBe(422);
  expect((await list('coupon/list', '&status=used')).status).toBe(422);
});

test('orders have items only when asked for one by one, bare and with a trace id', async () => {
  const { client, list, world, locationId } = open();
  const [stored] = world.collection(locationId, 'orders').rows();
  const rows = rowsIn(await list('orders', '&limit=100'), 'data');
  expect(rows.flatMap((row) => Object.keys(row))).not.toContain('items');
  const id = textOf(stored?.['_id']);
  const reply = await client.get(`/payments/orders/${id}?altId=${locationId}`);
  expect(reply.body).toEqual({ ...stored, traceId: expect.any(String) });
  const items = rowsIn(reply, 'items');
  expect(rowAt(items, 0)).toMatchObject({
    price: { _id: expect.any(String), amount: expect.any(Number), currency: 'USD' },
    product: { _id: expect.any(String), productType: expect.any(String) },
  });
});

test('an order asked for by a wrong id, without a location or with more than that is refused', async () => {
  const { client, list, world, locationId } = open();
  const missing = await list('orders/65aaaaaaaaaaaaaaaaaaaaaa');
  expect([missing.status, missing.body['message']]).toEqual([404, 'Order not found']);
  const id = textOf(rowAt(world.collection(locationId, 'orders').rows(), 0)['_id']);
  expect((await client.get(`/payments/orders/${id}`)).status).toBe(422);
  expect((await list(`orders/${id}`, '&limit=1')).status).toBe(422);
});

test('the items of orders are prices of the location', () => {
  const { world, locationId } = open();
  const products = new Map(
    world
      .collection(locationId, 'prices')
      .rows()
      .map((row) => [textOf(row['_id']), row['product']]),
  );
  const items = world
    .collection(locationId, 'orders')
    .rows()
    .flatMap((row) => rowsIn({ body: row }, 'items'));
  const pairs = items.map(({ price, product }) => [
    isJsonObject(price) ? textOf(price['_id']) : '',
    isJsonObject(product) ? product['_id'] : undefined,
  ]);
  expect(pairs).toEqual(pairs.map(([price]) => [price, products.get(textOf(price))]));
});

test('charges are told at length, secrets and all', async () => {
  const { list } = open();
  const rows = rowsIn(await list('transactions', '&limit=100'), 'data');
  const sizes = rows.map(({ chargeSnapshot }) => JSON.stringify(chargeSnapshot).length);
  expect(Math.min(...sizes)).toBeGreaterThan(1_500);
  const secrets = rows.filter(({ chargeSnapshot }) =>
    JSON.stringify(chargeSnapshot).includes('client_secret'),
  );
  expect(secrets.length).toBe(10);
});

test('transactions and subscriptions point at each other and at orders', async () => {
  const { list } = open();
  const [subscription] = rowsIn(await list('subscriptions'), 'data');
  const reply = await list('subscriptions', `&id=${textOf(subscription?.['_id'])}`);
  expect(reply.body['totalCount']).toBe(1);
  const rows = rowsIn(await list('transactions', '&limit=100'), 'data');
  const subscriptionId = textOf(rows.find((row) => row['subscriptionId'] !== undefined)?.['subscriptionId']);
  const all = rowsIn(await list('subscriptions'), 'data').map((row) => row['subscriptionId']);
  expect(all).toContain(subscriptionId);
});

test('rows survive without a catalogue, orders, invoices or contacts', async () => {
  const rows = { products: 0, prices: 0, orders: 0, invoices: 0, subscriptions: 0 };
  const { list, world, locationId } = open({ contactsPerLocation: 0, rows });
  world.collection(locationId, 'orders').add();
  world.collection(locationId, 'invoices').add();
  world.collection(locationId, 'subscriptions').add();
  const transactions = rowsIn(await list('transactions'), 'data');
  expect(transactions).toHaveLength(10);
  expect(rowAt(transactions, 0)['entityId']).toBe('');
});
