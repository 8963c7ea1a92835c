import type { JsonObject, JsonValue } from '../../../../src/foundation/json.ts';
import { isoOf } from '../../location-seed.ts';
import type { Random } from '../../random.ts';
import type { CollectionSeed, CollectionSpec } from '../collection-spec.ts';
import { saleSourceOf } from './orders.ts';
import { cents, paidBy, type Payer, payerOf, someId, thinned } from './payer.ts';
import { providerSubscriptionId } from './subscriptions.ts';

const MINUTE_MS = 60_000;
const STATUSES = ['succeeded', 'succeeded', 'succeeded', 'failed', 'pending', 'refunded'];
const OPTIONAL_KEYS = ['entitySourceMeta', 'entitySourceSubType', 'ipAddress', 'createdBy', 'paymentMethod'];

interface Charge {
  readonly chargeId: string;
  readonly amount: number;
  readonly createdAt: number;
  readonly status: string;
  /** With what lets a client take part in the payment. */
  readonly isSecret: boolean;
}

const chargeOf = (random: Random, charge: Charge, payer: Payer): JsonObject => ({
  id: `ch_3${random.id(23)}`,
  object: 'charge',
  amount: Math.round(charge.amount * 100),
  balance_transaction: `txn_3${random.id(23)}`,
  billing_details: {
    address: { city: null, country: 'US', line1: null, line2: null, postal_code: '78701', state: null },
    email: payer.email,
    name: payer.name,
    phone: null,
  },
  calculated_statement_descriptor: 'EXAMPLE',
  captured: true,
  created: Math.floor(charge.createdAt / 1000),
  disputed: false,
  failure_code: charge.status === 'failed' ? 'card_declined' : null,
  fraud_details: {},
  outcome: {
    network_status: 'approved_by_network',
    reason: null,
    risk_level: 'normal',
    risk_score: random.int(0, 60),
    seller_message: 'Payment complete.',
    type: 'authorized',
  },
  paid: charge.status !== 'failed',
  payment_method: `pm_1${random.id(23)}`,
  payment_method_details: {
    card: {
      brand: 'visa',
      checks: { address_line1_check: null, address_postal_code_check: 'pass', cvc_check: 'pass' },
      country: 'US',
      exp_month: 8,
      exp_year: 2029,
      funding: 'credit',
      last4: '4242',
      network: 'visa',
      wallet: null,
    },
    type: 'card',
  },
  receipt_url: `https://pay.example/receipts/${random.id(64)}`,
  refunds: { object: 'list', data: [], has_more: false, total_count: 0 },
});

/** About 2 kB of what the payment provider said, in whatever shape it said it. */
const snapshotOf = (random: Random, charge: Charge, payer: Payer): JsonObject => {
  const { chargeId, amount, status, createdAt } = charge;
  const inCents = Math.round(amount * 100);
  return {
    id: chargeId,
    object: 'payment_intent',
    amount: inCents,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: status === 'succeeded' ? inCents : 0,
    application: `ca_${random.id(24)}`,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    capture_method: 'automatic',
    charges: { object: 'list', data: [chargeOf(random, charge, payer)], has_more: false, total_count: 1 },
    ...(charge.isSecret && { client_secret: `${chargeId}_secret_${random.id(25)}` }),
    confirmation_method: 'automatic',
    created: Math.floor(createdAt / 1000),
    currency: 'usd',
    customer: `cus_${random.id(14)}`,
    last_payment_error: status === 'failed' ? { code: 'card_declined', type: 'card_error' } : null,
    livemode: true,
    metadata: { contactId: payer.contactId, ['source.type']: 'funnel' },
    payment_method_options: { card: { installments: null, request_three_d_secure: 'automatic' } },
    payment_method_types: ['card'],
    setup_future_usage: 'off_session',
    status: status === 'failed' ? 'requires_payment_method' : 'succeeded',
  };
};

const refundedOf = (random: Random, charge: Charge, variations: boolean): JsonValue => {
  if (charge.status === 'refunded') return charge.amount;
  return variations && random.chance(0.2) ? null : 0;
};

/** What was paid for: an order, an invoice, or a turn of a subscription. */
const entityOf = (seed: CollectionSeed, ordinal: number): JsonObject => {
  const subscriptions = seed.idsOf('subscriptions');
  if (ordinal % 4 === 1 && seed.idsOf('invoices').length > 0)
    return { entityType: 'invoice', entityId: someId(seed.idsOf('invoices'), ordinal) };
  const order = { entityType: 'order', entityId: someId(seed.idsOf('orders'), ordinal) };
  return ordinal % 4 === 2 && subscriptions.length > 0
    ? { ...order, subscriptionId: providerSubscriptionId(someId(subscriptions, ordinal)) }
    : order;
};

const methodOf = (random: Random): JsonObject =>
  random.chance(0.8) ? { card: { brand: random.pick(['visa', 'discover']), last4: '0012' } } : {};

const transactionRow = (seed: CollectionSeed, ordinal: number): JsonObject => {
  const random = seed.random(ordinal);
  const payer = payerOf(seed, random);
  const source = saleSourceOf(random);
  const charge: Charge = {
    chargeId: `pi_3${random.id(23)}`,
    amount: cents(random.int(500, 200_000) / 100),
    createdAt: seed.addedAt(ordinal),
    status: random.pick(STATUSES),
    isSecret: ordinal % 2 === 0,
  };
  const row: JsonObject = {
    altId: seed.locationId,
    altType: 'location',
    ...paidBy(payer),
    ...(random.chance(0.1) && { mergedFromContactId: random.id() }),
    currency: 'USD',
    amount: charge.amount,
    amountRefunded: refundedOf(random, charge, seed.variations),
    status: charge.status,
    liveMode: random.chance(0.9),
    ...entityOf(seed, ordinal),
    entitySourceType: source.type,
    entitySourceSubType: source.subType,
    entitySourceName: source.name,
    entitySourceId: source.id,
    entitySourceMeta: source.meta,
    chargeId: charge.chargeId,
    chargeSnapshot: snapshotOf(random, charge, payer),
    paymentProviderType: random.pick(['stripe', 'stripe', 'paypal', 'manual']),
    paymentProviderConnectedAccount: random.hex(24),
    paymentMethod: methodOf(random),
    ipAddress: `198.51.100.${random.int(1, 254)}`,
    createdBy: seed.userId(ordinal),
    fulfilledAt: isoOf(charge.createdAt + random.int(0, 10) * MINUTE_MS),
  };
  return thinned(row, OPTIONAL_KEYS, { variations: seed.variations, random });
};

export const transactionSpecs: Readonly<Record<'transactions', CollectionSpec>> = {
  ['transactions']: {
    idKey: '_id',
    idShape: 'hex',
    addedKey: 'createdAt',
    updatedKey: 'updatedAt',
    count: 20,
    row: transactionRow,
  },
};
