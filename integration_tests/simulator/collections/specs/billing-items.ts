import type { JsonObject } from '../../../../src/foundation/json.ts';
import type { Random } from '../../random.ts';
import type { CollectionSeed } from '../collection-spec.ts';
import { soldAt } from './catalog.ts';
import { cents } from './payer.ts';

/** The lines of an invoice or an estimate, and what they come to. */
export interface BillingItems {
  readonly items: readonly JsonObject[];
  readonly subTotal: number;
  readonly discount: JsonObject;
  readonly discounted: number;
  readonly tax: number;
  readonly total: number;
}

const MOST_ITEMS = 4;
const MOST_PRICES = 9_999;
const TAX_RATE = 8.25;

const itemOf = (seed: CollectionSeed, random: Random) => {
  const { name, price, priceId, productId } = soldAt(seed, random.int(0, MOST_PRICES));
  const qty = random.chance(0.8) ? random.int(1, 5) : 1.5;
  const taxes = random.chance(0.4)
    ? [{ _id: random.hex(24), name: 'Sales tax', rate: TAX_RATE, calculation: 'exclusive' }]
    : [];
  const sum = cents(price.amount * qty);
  const tax = taxes.length === 0 ? 0 : cents((sum * TAX_RATE) / 100);
  const row: JsonObject = {
    _id: random.hex(24),
    name,
    description: random.chance(0.5) ? `<p>${price.name}</p>` : '',
    ...(productId !== undefined && { productId }),
    ...(priceId !== undefined && { priceId }),
    currency: 'USD',
    amount: price.amount,
    qty,
    type: price.type,
    taxInclusive: false,
    taxes,
    itemTotalDiscount: 0,
    itemTotalTax: tax,
  };
  return { row, sum, tax };
};

export const billingItemsOf = (seed: CollectionSeed, random: Random): BillingItems => {
  const lines = Array.from({ length: random.int(1, MOST_ITEMS) }, () => itemOf(seed, random));
  const subTotal = cents(lines.reduce((sum, line) => sum + line.sum, 0));
  const tax = cents(lines.reduce((sum, line) => sum + line.tax, 0));
  const percentage = random.chance(0.25) ? 10 : 0;
  const discounted = cents((subTotal * percentage) / 100);
  return {
    items: lines.map(({ row }) => row),
    subTotal,
    discount: { type: 'percentage', value: percentage },
    discounted,
    tax,
    total: cents(subTotal - discounted + tax),
  };
};
