import type { JsonObject } from '../../../../src/foundation/json.ts';
import type { Random } from '../../random.ts';
import type { CollectionSeed, CollectionSpec } from '../collection-spec.ts';
import { soldAt } from './catalog.ts';
import { cents, paidBy, payerOf, type Payer, thinned } from './payer.ts';

const MOST_ITEMS = 4;
const MOST_PRICES = 9_999;
const OPTIONAL_KEYS = ['sourceMeta', 'sourceSubType', 'createdBy', 'fulfillmentStatus', 'contactEmail'];
const SOURCES = [
  ['funnel', 'one_step_order_form'],
  ['funnel', 'two_step_order_form'],
  ['website', 'store'],
  ['invoice', 'contact_view'],
  ['manual', ''],
] as const;

export interface SaleSource {
  readonly type: string;
  readonly subType: string;
  readonly id: string;
  readonly name: string;
  readonly meta: JsonObject;
}

/** Where something was sold, which orders, transactions and subscriptions all tell. */
export const saleSourceOf = (random: Random): SaleSource => {
  const [type, subType] = random.pick(SOURCES);
  const pageId = random.id();
  const page = {
    domain: 'shop.example.com',
    pageId,
    pageUrl: `/v2/preview/${pageId}`,
    stepId: random.uuid(),
    ...(random.chance(0.2) && { affiliateManager: { affiliateId: random.hex(24) } }),
  };
  return {
    type,
    subType,
    id: random.chance(0.5) ? random.id() : random.hex(24),
    name: random.pick(['Spring offer', 'Checkout', 'Online shop']),
    meta: type === 'funnel' || type === 'website' ? page : {},
  };
};

const itemOf = (seed: CollectionSeed, random: Random) => {
  const { name, price, priceId, productId, productType } = soldAt(seed, random.int(0, MOST_PRICES));
  const qty = random.int(1, 3);
  const row: JsonObject = {
    _id: random.hex(24),
    authorizeAmount: 0,
    locationId: seed.locationId,
    name,
    qty,
    price: { ...(priceId !== undefined && { _id: priceId }), ...price, currency: 'USD' },
    product: { ...(productId !== undefined && { _id: productId }), name, productType },
  };
  return { row, sum: cents(price.amount * qty), isRecurring: price.type === 'recurring' };
};

const snapshotOf = (seed: CollectionSeed, random: Random, payer: Payer): JsonObject => ({
  id: payer.contactId,
  location_id: seed.locationId,
  type: 'lead',
  first_name: payer.firstName,
  last_name: payer.lastName,
  first_name_lower_case: payer.firstName.toLowerCase(),
  last_name_lower_case: payer.lastName.toLowerCase(),
  email: payer.email,
  attributionSource: { medium: 'form', mediumId: random.id(), url: 'https://shop.example.com/' },
  lastAttributionSource: {},
});

/** What only the order itself tells, and no list. */
const DETAIL_KEYS = [
  'amountSummary',
  'contactSnapshot',
  'coupon',
  'fingerprint',
  'items',
  'markAsTest',
  'meta',
  'source',
  'taxSummary',
  'trackingId',
];

export const listedOrder = (row: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(row).filter(([key]) => !DETAIL_KEYS.includes(key)));

interface Bill {
  readonly subtotal: number;
  readonly discount: number;
  readonly couponCode: string | undefined;
}

const detailsOf = (random: Random, { subtotal, discount, couponCode }: Bill): JsonObject => ({
  amountSummary: { subtotal, discount, tax: 0, shipping: 0 },
  taxSummary: random.chance(0.3) ? [{ _id: random.hex(24), name: 'Sales tax', rate: 0, amount: 0 }] : [],
  trackingId: random.uuid(),
  fingerprint: random.uuid(),
  markAsTest: false,
  meta: { couponSessionExpired: false },
  ...(couponCode !== undefined && { coupon: { _id: random.hex(24), code: couponCode } }),
});

const statusOf = (random: Random): JsonObject => {
  const paymentStatus = random.pick(['paid', 'paid', 'unpaid', 'refunded', 'partially_paid']);
  return { status: paymentStatus === 'unpaid' ? 'pending' : 'completed', paymentStatus };
};

const orderRow = (seed: CollectionSeed, ordinal: number): JsonObject => {
  const random = seed.random(ordinal);
  const payer = payerOf(seed, random);
  const source = saleSourceOf(random);
  const items = Array.from({ length: random.int(1, MOST_ITEMS) }, () => itemOf(seed, random));
  const subtotal = cents(items.reduce((sum, item) => sum + item.sum, 0));
  const couponCode = random.chance(0.25) ? 'SPRING10' : undefined;
  const discount = couponCode === undefined ? 0 : cents(subtotal / 10);
  const recurringProducts = items.filter(({ isRecurring }) => isRecurring).length;
  const row: JsonObject = {
    altId: seed.locationId,
    altType: 'location',
    ...paidBy(payer),
    currency: 'USD',
    amount: cents(subtotal - discount),
    subtotal,
    discount,
    ...statusOf(random),
    liveMode: random.chance(0.9),
    totalProducts: items.length,
    onetimeProducts: items.length - recurringProducts,
    recurringProducts,
    sourceType: source.type,
    sourceSubType: source.subType,
    sourceName: source.name,
    sourceId: source.id,
    sourceMeta: source.meta,
    ...(couponCode !== undefined && { couponCode }),
    fulfillmentStatus: random.pick(['unfulfilled', 'fulfilled', 'partially_fulfilled']),
    createdBy: seed.userId(ordinal),
    items: items.map((item) => item.row),
    source: { ...source },
    contactSnapshot: snapshotOf(seed, random, payer),
    ...detailsOf(random, { subtotal, discount, couponCode }),
  };
  return thinned(row, OPTIONAL_KEYS, { variations: seed.variations, random });
};

export const orderSpecs: Readonly<Record<'orders', CollectionSpec>> = {
  ['orders']: {
    idKey: '_id',
    idShape: 'hex',
    addedKey: 'createdAt',
    updatedKey: 'updatedAt',
    count: 16,
    row: orderRow,
  },
};
