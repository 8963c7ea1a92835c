import { expect, test } from '@jest/globals';
import type { JsonObject } from '../../src/foundation/json.ts';
import type { SimulatorOptions } from './options.ts';
import { createSimulator } from './simulator.ts';
import { createTestClient, firstLocation, rowAt, rowsIn } from './test-client.ts';
import { textOf } from './text-of.ts';

const open = (options: SimulatorOptions = {}) => {
  const simulator = createSimulator({ contactsPerLocation: 5, ...options });
  const locationId = firstLocation(simulator);
  const client = createTestClient(simulator, simulator.locationToken(locationId));
  const products = (query = '') => client.get(`/products/?locationId=${locationId}${query}`);
  const prices = (product: string, query = '') =>
    client.get(`/products/${product}/price?locationId=${locationId}${query}`);
  const productIds = () => hexIds(simulator.world.collection(locationId, 'products').rows());
  return { ...simulator, locationId, client, products, prices, productIds };
};

const hexIds = (rows: readonly JsonObject[]) => rows.map(({ _id }) => textOf(_id));

test('the total of products is a list of one object', async () => {
  const { products } = open();
  const reply = await products();
  expect([rowsIn(reply, 'products').length, reply.body['total']]).toEqual([8, [{ total: 8 }]]);
});

test('a limit of 0 and none at all both mean ten', async () => {
  const { products } = open({ rows: { products: 12 } });
  const sizes = await Promise.all(
    ['', '&limit=0', '&limit=0&offset=10', '&limit=100'].map(
      async (query) => rowsIn(await products(query), 'products').length,
    ),
  );
  expect(sizes).toEqual([10, 10, 2, 12]);
});

test('products come newest first unless the order is turned', async () => {
  const { products } = open();
  const descending = hexIds(rowsIn(await products(), 'products'));
  const ascending = hexIds(rowsIn(await products('&sortOrder=asc'), 'products'));
  expect(ascending).toEqual([...descending].reverse());
  const times = rowsIn(await products('&sortOrder=desc'), 'products').map(({ createdAt }) =>
    textOf(createdAt),
  );
  expect(times).toEqual([...times].sort().reverse());
});

test('products are found by a part of their name', async () => {
  const { products } = open();
  expect(rowsIn(await products('&search=mug'), 'products').map(({ name }) => name)).toEqual(['Branded mug']);
});

test.each([
  ['&limit=101', 422],
  ['&skip=0', 422],
  ['&altId=x', 422],
  ['&sortOrder=ascend', 422],
  ['&expand=tax', 400],
])('products with "%s" are refused', async (query, status) => {
  const { products } = open();
  expect((await products(query)).status).toBe(status);
});

test('products and prices want the location', async () => {
  const { client, productIds } = open();
  const missing = ['locationId must be a string', 'locationId should not be empty'];
  expect((await client.get('/products/')).body['message']).toEqual(missing);
  const reply = await client.get(`/products/${productIds()[0] ?? ''}/price`);
  expect([reply.status, reply.body['message']]).toEqual([422, missing]);
});

test('prices are asked for product by product, and some products have none', async () => {
  const { prices, productIds, world, locationId } = open();
  const replies = await Promise.all(productIds().map(async (id) => prices(id)));
  const found = replies.flatMap((reply) => rowsIn(reply, 'prices'));
  expect(hexIds(found).toSorted()).toEqual(hexIds(world.collection(locationId, 'prices').rows()).toSorted());
  expect(replies.map(({ body }) => body['total'])).toContain(0);
  expect(rowAt(rowsIn(replies[1] ?? { body: {} }, 'prices'), 0)['product']).toBe(productIds()[1]);
});

test('the first product has more prices than fit a small page', async () => {
  const { prices, productIds } = open({ knobs: { silentPageSize: 6 } });
  const [product = ''] = productIds();
  const [first, second] = [await prices(product, '&limit=100'), await prices(product, '&limit=100&offset=6')];
  expect([rowsIn(first, 'prices').length, rowsIn(second, 'prices').length]).toEqual([6, 1]);
  expect(first.body['total']).toBe(7);
});

test('prices of an unknown or deleted product are not found', async () => {
  const { prices, productIds, world, locationId } = open();
  const unknown = await prices('65aaaaaaaaaaaaaaaaaaaaaa');
  expect([unknown.status, unknown.body['message']]).toEqual([404, 'Product not found']);
  const [product = ''] = productIds();
  world.collection(locationId, 'products').remove(product);
  expect((await prices(product)).status).toBe(404);
});

test('prices without products have none', () => {
  const { world, locationId } = open({ rows: { products: 0 } });
  const rows = world.collection(locationId, 'prices').rows();
  expect(rows).toHaveLength(14);
  expect(rows.flatMap((row) => Object.keys(row))).not.toContain('product');
});
