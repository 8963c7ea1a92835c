import type { JsonObject } from '../../../src/foundation/json.ts';
import { type Answer, refusal } from '../answers.ts';
import { newestFirst, pageOf } from '../list-page.ts';
import { queryChoice, requireTexts } from '../parameters.ts';
import type { Route, RouteContext } from '../server.ts';
import { checkFilters, filteredRows, type PaymentFilters } from './payment-filters.ts';

const PAGING = { limit: 'limit', skip: 'offset', fallback: 10, most: 100 };

const PRODUCTS: PaymentFilters = {
  kind: 'products',
  parameters: ['locationId', 'sortOrder'],
  unsimulated: [
    'collectionIds',
    'collectionSlug',
    'expand',
    'productIds',
    'storeId',
    'includedInStore',
    'availableInStore',
  ],
  equals: {},
  searched: ['name'],
};

const PRICES: PaymentFilters = {
  kind: 'prices',
  parameters: ['locationId'],
  unsimulated: ['ids'],
  equals: {},
  searched: [],
};

/** The documented default of `limit` is 0, which stands for as many as the server sees fit. */
const productPage = (context: RouteContext, rows: readonly JsonObject[]): readonly JsonObject[] => {
  const { call } = context;
  const { limit, ...query } = call.query;
  const isZero = limit !== undefined && /^0+$/.test(limit);
  return pageOf(isZero ? { ...context, call: { ...call, query } } : context, rows, PAGING);
};

const listProducts = (context: RouteContext): Answer => {
  checkFilters(context, PRODUCTS);
  requireTexts(context.call.query, ['locationId']);
  const order = queryChoice(context.call, 'sortOrder', ['asc', 'desc']);
  const rows = filteredRows(context, PRODUCTS);
  const products = productPage(context, order === 'asc' ? newestFirst(rows) : rows);
  // A list of one object, where every other total is a number.
  return {
    status: 200,
    body: { products, total: [{ total: context.server.knobs.reportedTotal(rows.length) }] },
  };
};

const listPrices = (context: RouteContext): Answer => {
  const { call, server, location } = context;
  checkFilters(context, PRICES);
  requireTexts(call.query, ['locationId']);
  const product = call.path.split('/')[2] ?? '';
  if (location().collection('products').find(product) === undefined) throw refusal(404, 'Product not found');
  const rows = filteredRows(context, PRICES).filter((row) => row['product'] === product);
  const prices = productPage(context, rows);
  return { status: 200, body: { prices, total: server.knobs.reportedTotal(rows.length) } };
};

export const productRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/products\/?$/,
    audience: 'location',
    scope: 'products.readonly',
    location: 'validated',
    handle: listProducts,
  },
  {
    method: 'GET',
    path: /^\/products\/[^/]+\/price\/?$/,
    audience: 'location',
    scope: 'products/prices.readonly',
    location: 'validated',
    handle: listPrices,
  },
];
