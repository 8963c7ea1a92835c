import type { CollectionSeed } from '../collection-spec.ts';

/** What things are called and cost, by ordinal, so that whatever sells them agrees with their own rows. */
const PRODUCTS = [
  'Strategy call',
  'Website care plan',
  'Onboarding workshop',
  'Teeth whitening',
  'Roof inspection',
  'Branded mug',
  'E-mail course',
  'Gym membership',
];
const INTERVALS = ['month', 'year', 'week'];
const EDITIONS = ['Standard', 'Premium', 'Early bird', 'Setup'];
const AMOUNTS = [49, 199.99, 1250, 19.5, 0, 97, 5];

interface CatalogPrice {
  readonly name: string;
  readonly amount: number;
  readonly type: 'one_time' | 'recurring';
  readonly recurring?: { readonly interval: string; readonly intervalCount: number };
}

const at = <T>(list: readonly T[], ordinal: number, fallback: T): T =>
  list[ordinal % list.length] ?? fallback;

export const productNameAt = (ordinal: number): string => at(PRODUCTS, ordinal, '');

export const productTypeAt = (ordinal: number): string =>
  at(['SERVICE', 'DIGITAL', 'PHYSICAL'], ordinal, 'SERVICE');

export const priceAt = (ordinal: number): CatalogPrice => ({
  name: at(EDITIONS, ordinal, ''),
  amount: at(AMOUNTS, ordinal, 0),
  ...(ordinal % 3 === 2
    ? {
        type: 'recurring',
        recurring: { interval: at(INTERVALS, ordinal, 'month'), intervalCount: (ordinal % 2) + 1 },
      }
    : { type: 'one_time' }),
});

/**
 * The product of a price, by ordinals: half of the prices belong to the first product, which so has more than a page of
 * them, and the last of three or more products has none at all.
 */
export const productOfPrice = (productCount: number, price: number): number => {
  if (productCount < 3) return productCount === 0 ? 0 : price % productCount;
  return price % 2 === 0 ? 0 : 1 + (((price - 1) / 2) % (productCount - 2));
};

interface SoldItem {
  readonly name: string;
  readonly price: CatalogPrice;
  /** Undefined where the location has no prices or products: something that is not in the catalogue was sold. */
  readonly priceId: string | undefined;
  readonly productId: string | undefined;
  readonly productType: string;
}

/** What is sold at a price of the location; any number will do. */
export const soldAt = (seed: CollectionSeed, anyPrice: number): SoldItem => {
  const [prices, products] = [seed.idsOf('prices'), seed.idsOf('products')];
  const ordinal = prices.length === 0 ? anyPrice : anyPrice % prices.length;
  const product = productOfPrice(products.length, ordinal);
  return {
    name: productNameAt(product),
    price: priceAt(ordinal),
    priceId: prices[ordinal],
    productId: products[product],
    productType: productTypeAt(product),
  };
};
