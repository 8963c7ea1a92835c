import type { JsonObject } from '../../../../src/foundation/json.ts';
import { isoOf } from '../../location-seed.ts';
import type { Random } from '../../random.ts';
import type { CollectionSeed, CollectionSpec } from '../collection-spec.ts';
import { priceAt, productNameAt, productOfPrice, productTypeAt } from './catalog.ts';
import { thinned } from './payer.ts';

const MONTH_MS = 30 * 86_400_000;
const OPTIONAL_PRODUCT_KEYS = [
  'description',
  'image',
  'statementDescriptor',
  'collectionIds',
  'slug',
  'isTaxesEnabled',
];
const OPTIONAL_PRICE_KEYS = ['membershipOffers', 'compareAtPrice', 'availableQuantity', 'userId'];

const variantsOf = (random: Random): readonly JsonObject[] =>
  random.chance(0.6)
    ? []
    : ['Size', 'Colour'].map((name) => ({
        id: random.id(11).toLowerCase(),
        name,
        options: ['A', 'B'].map((option) => ({
          id: random.id(11).toLowerCase(),
          name: `${name} ${option}`,
        })),
      }));

const labelOf = (random: Random, from: number): JsonObject => {
  if (random.chance(0.6)) return {};
  const isLimited = random.chance(0.5);
  return {
    label: {
      title: 'Featured',
      ...(isLimited && { startDate: isoOf(from), endDate: isoOf(from + MONTH_MS) }),
    },
  };
};

const productRow = (seed: CollectionSeed, ordinal: number): JsonObject => {
  const random = seed.random(ordinal);
  const name = productNameAt(ordinal);
  const isTaxesEnabled = random.chance(0.3);
  const row: JsonObject = {
    locationId: seed.locationId,
    name,
    description: random.chance(0.7) ? `<p>${name}</p>` : '',
    productType: productTypeAt(ordinal),
    availableInStore: random.chance(0.5),
    image: random.chance(0.5) ? `https://images.example.com/${random.hex(24)}.png` : '',
    statementDescriptor: 'EXAMPLE',
    slug: `${name.toLowerCase().replaceAll(/[^a-z]+/g, '-')}-${ordinal}`,
    isTaxesEnabled,
    taxes: isTaxesEnabled ? [random.hex(24)] : [],
    collectionIds: random.chance(0.4) ? [random.hex(24)] : [],
    variants: variantsOf(random),
    ...labelOf(random, seed.addedAt(ordinal)),
  };
  return thinned(row, OPTIONAL_PRODUCT_KEYS, { variations: seed.variations, random });
};

const priceRow = (seed: CollectionSeed, ordinal: number): JsonObject => {
  const random = seed.random(ordinal);
  const products = seed.idsOf('products');
  const product = products[productOfPrice(products.length, ordinal)];
  const price = priceAt(ordinal);
  const trackInventory = random.chance(0.3);
  const row: JsonObject = {
    locationId: seed.locationId,
    ...(product !== undefined && { product }),
    userId: seed.userId(ordinal),
    ...price,
    currency: 'USD',
    compareAtPrice: price.amount + 20,
    membershipOffers: random.chance(0.2)
      ? [{ label: 'top_50', value: random.uuid(), _id: random.hex(24) }]
      : [],
    variantOptionIds: [],
    // Null rather than false, as documented.
    trackInventory: trackInventory ? true : null,
    availableQuantity: trackInventory ? random.int(0, 50) : 0,
    allowOutOfStockPurchases: random.chance(0.5),
  };
  return thinned(row, OPTIONAL_PRICE_KEYS, { variations: seed.variations, random });
};

export const productSpecs: Readonly<Record<'products' | 'prices', CollectionSpec>> = {
  ['products']: {
    idKey: '_id',
    idShape: 'hex',
    addedKey: 'createdAt',
    updatedKey: 'updatedAt',
    count: 8,
    row: productRow,
  },
  ['prices']: {
    idKey: '_id',
    idShape: 'hex',
    addedKey: 'createdAt',
    updatedKey: 'updatedAt',
    count: 14,
    row: priceRow,
  },
};
