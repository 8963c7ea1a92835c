import type { JsonObject } from '../../../../src/foundation/json.ts';
import { isoOf } from '../../location-seed.ts';
import type { Random } from '../../random.ts';
import type { CollectionSeed, CollectionSpec } from '../collection-spec.ts';
import { priceAt } from './catalog.ts';
import { saleSourceOf } from './orders.ts';
import { paidBy, type Payer, payerOf, someId, thinned } from './payer.ts';

const MONTH_MS = 30 * 86_400_000;
const STATUSES = ['active', 'active', 'active', 'trialing', 'past_due', 'canceled', 'incomplete_expired'];
const OPTIONAL_KEYS = ['contactPhone', 'entitySourceSubType', 'entitySourceMeta', 'ipAddress', 'createdBy'];

/** What the payment provider calls the subscription whose row has this id. */
export const providerSubscriptionId = (id: string): string => `sub_1${id}`;

interface Contract {
  readonly id: string;
  readonly amount: number;
  readonly status: string;
  readonly createdAt: number;
}

const lineOf = (random: Random, { id, amount, createdAt }: Contract): JsonObject => ({
  id: `si_${random.id(14)}`,
  object: 'subscription_item',
  created: Math.floor(createdAt / 1000),
  plan: {
    id: `price_1${random.id(23)}`,
    object: 'plan',
    active: true,
    amount: Math.round(amount * 100),
    billing_scheme: 'per_unit',
    currency: 'usd',
    interval: 'month',
    interval_count: 1,
    product: `prod_${random.id(14)}`,
    usage_type: 'licensed',
  },
  quantity: 1,
  subscription: id,
  tax_rates: [],
});

/** Times are in seconds, or in words, by the provider. */
const snapshotOf = (random: Random, contract: Contract, isStripe: boolean): JsonObject => {
  const { id, status, createdAt } = contract;
  if (!isStripe)
    return {
      id,
      status: status.toUpperCase(),
      status_update_time: isoOf(createdAt),
      plan_id: `P-${random.hex(24).toUpperCase()}`,
      start_time: isoOf(createdAt),
      quantity: '1',
      billing_info: { outstanding_balance: { currency_code: 'USD', value: '0.0' }, failed_payments_count: 0 },
    };
  return {
    id,
    object: 'subscription',
    application: `ca_${random.id(24)}`,
    automatic_tax: { enabled: false },
    billing_cycle_anchor: Math.floor(createdAt / 1000),
    cancel_at_period_end: false,
    collection_method: 'charge_automatically',
    created: Math.floor(createdAt / 1000),
    current_period_end: Math.floor((createdAt + MONTH_MS) / 1000),
    current_period_start: Math.floor(createdAt / 1000),
    customer: `cus_${random.id(14)}`,
    items: { object: 'list', data: [lineOf(random, contract)], has_more: false, total_count: 1 },
    latest_invoice: {
      id: `in_1${random.id(23)}`,
      object: 'invoice',
      hosted_invoice_url: `https://pay.example/i/${random.id(80)}`,
      payment_intent: { id: `pi_3${random.id(23)}`, client_secret: `pi_3_secret_${random.id(25)}` },
    },
    livemode: true,
    metadata: {},
    status,
  };
};

const phoneOf = ({ phone }: Payer): JsonObject => (phone === '' ? {} : { contactPhone: phone });

const subscriptionRow = (seed: CollectionSeed, ordinal: number): JsonObject => {
  const random = seed.random(ordinal);
  const payer = payerOf(seed, random);
  const source = saleSourceOf(random);
  const isStripe = random.chance(0.7);
  const contract: Contract = {
    id: providerSubscriptionId(seed.idsOf('subscriptions')[ordinal] ?? random.hex(24)),
    amount: priceAt(ordinal * 3 + 2).amount,
    status: random.pick(STATUSES),
    createdAt: seed.addedAt(ordinal),
  };
  const row: JsonObject = {
    altId: seed.locationId,
    altType: 'location',
    ...paidBy(payer),
    ...phoneOf(payer),
    currency: 'USD',
    amount: contract.amount,
    status: contract.status,
    liveMode: random.chance(0.9),
    entityType: 'order',
    entityId: someId(seed.idsOf('orders'), ordinal),
    entitySourceType: source.type,
    entitySourceSubType: source.subType,
    entitySourceName: source.name,
    entitySourceId: source.id,
    entitySourceMeta: source.meta,
    subscriptionId: contract.id,
    subscriptionSnapshot: snapshotOf(random, contract, isStripe),
    paymentProviderType: isStripe ? 'stripe' : 'paypal',
    paymentProviderConnectedAccount: isStripe ? random.hex(24) : random.id(80),
    ipAddress: `198.51.100.${random.int(1, 254)}`,
    createdBy: seed.userId(ordinal),
  };
  return thinned(row, OPTIONAL_KEYS, { variations: seed.variations, random });
};

export const subscriptionSpecs: Readonly<Record<'subscriptions', CollectionSpec>> = {
  ['subscriptions']: {
    idKey: '_id',
    idShape: 'hex',
    addedKey: 'createdAt',
    updatedKey: 'updatedAt',
    count: 8,
    row: subscriptionRow,
  },
};
