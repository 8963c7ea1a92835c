import type { JsonObject } from '../../../src/foundation/json.ts';
import { type Answer, refusal } from '../answers.ts';
import { COUPON_STATUSES } from '../collections/specs/coupons.ts';
import { listedOrder } from '../collections/specs/orders.ts';
import { checkAlt, pageOf } from '../list-page.ts';
import { queryChoice, refuseUnknown } from '../parameters.ts';
import type { Route, RouteContext } from '../server.ts';
import { invoiceRoutes } from './invoice-routes.ts';
import { checkFilters, filteredRows, type PaymentFilters } from './payment-filters.ts';
import { productRoutes } from './product-routes.ts';

interface PaymentList extends PaymentFilters {
  /** Rows of a page that does not say. */
  readonly pageSize: number;
  readonly isTypeRequired: boolean;
}

const ALT = ['altId', 'altType'];

const ORDERS: PaymentList = {
  kind: 'orders',
  parameters: [...ALT, 'locationId', 'paymentMode'],
  unsimulated: ['funnelProductIds'],
  equals: {
    status: 'status',
    paymentStatus: 'paymentStatus',
    contactId: 'contactId',
    sourceId: 'sourceId',
  },
  searched: ['_id', 'contactName', 'contactEmail', 'sourceName'],
  windowKey: 'createdAt',
  pageSize: 10,
  isTypeRequired: false,
};

const TRANSACTIONS: PaymentList = {
  kind: 'transactions',
  parameters: [...ALT, 'locationId', 'paymentMode'],
  equals: {
    entitySourceType: 'entitySourceType',
    entitySourceSubType: 'entitySourceSubType',
    subscriptionId: 'subscriptionId',
    entityId: 'entityId',
    contactId: 'contactId',
  },
  searched: ['_id', 'contactName', 'contactEmail', 'entitySourceName'],
  windowKey: 'createdAt',
  pageSize: 10,
  isTypeRequired: true,
};

const SUBSCRIPTIONS: PaymentList = {
  kind: 'subscriptions',
  parameters: [...ALT, 'paymentMode'],
  unsimulated: ['getPaymentsCollectedCount'],
  equals: { id: '_id', entityId: 'entityId', entitySourceType: 'entitySourceType', contactId: 'contactId' },
  searched: ['_id', 'contactName', 'contactEmail', 'entitySourceName'],
  windowKey: 'createdAt',
  pageSize: 10,
  isTypeRequired: true,
};

const COUPONS: PaymentList = {
  kind: 'coupons',
  parameters: ALT,
  equals: { status: 'status' },
  searched: ['name', 'code'],
  pageSize: 100,
  isTypeRequired: true,
};

const LARGEST_PAGE = 100;

const listed = (
  context: RouteContext,
  list: PaymentList,
  shown: (row: JsonObject) => JsonObject = (row) => row,
): Answer => {
  checkFilters(context, list);
  checkAlt(context, list);
  const rows = filteredRows(context, list);
  const paging = { limit: 'limit', skip: 'offset', fallback: list.pageSize, most: LARGEST_PAGE };
  const data = pageOf(context, rows, paging).map(shown);
  return { status: 200, body: { data, totalCount: context.server.knobs.reportedTotal(rows.length) } };
};

const listOrders = (context: RouteContext): Answer => {
  queryChoice(context.call, 'paymentStatus', ['paid', 'unpaid', 'refunded', 'partially_paid']);
  return listed(context, ORDERS, listedOrder);
};

/** The order itself, without an object around it, and with what the list keeps back. */
const getOrder = (context: RouteContext): Answer => {
  const { call, location } = context;
  refuseUnknown(call.query, [...ALT, 'locationId']);
  checkAlt(context, { isTypeRequired: false });
  const order = location()
    .collection('orders')
    .find(call.path.split('/')[3] ?? '');
  if (order === undefined) throw refusal(404, 'Order not found');
  return { status: 200, body: order };
};

const listCoupons = (context: RouteContext): Answer => {
  queryChoice(context.call, 'status', COUPON_STATUSES);
  return listed(context, COUPONS);
};

export const paymentRoutes: readonly Route[] = [
  ...invoiceRoutes,
  ...productRoutes,
  {
    method: 'GET',
    path: /^\/payments\/orders\/?$/,
    audience: 'location',
    scope: 'payments/orders.readonly',
    location: 'validated',
    handle: listOrders,
  },
  {
    method: 'GET',
    path: /^\/payments\/orders\/[^/]+$/,
    audience: 'location',
    scope: 'payments/orders.readonly',
    location: 'validated',
    handle: getOrder,
  },
  {
    method: 'GET',
    path: /^\/payments\/transactions\/?$/,
    audience: 'location',
    scope: 'payments/transactions.readonly',
    location: 'validated',
    handle: (context) => listed(context, TRANSACTIONS),
  },
  {
    method: 'GET',
    path: /^\/payments\/subscriptions\/?$/,
    audience: 'location',
    scope: 'payments/subscriptions.readonly',
    location: 'validated',
    handle: (context) => listed(context, SUBSCRIPTIONS),
  },
  {
    method: 'GET',
    path: /^\/payments\/coupon\/list$/,
    audience: 'location',
    scope: 'payments/coupons.readonly',
    location: 'validated',
    handle: listCoupons,
  },
];
