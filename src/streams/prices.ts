import { boolean, integer, list, number, object, text, timestamp } from '../stream/columns.ts';
import { defineStream } from '../stream/definition.ts';
import { endpoint } from '../stream/endpoint.ts';
import { offsetPages } from '../stream/paginators.ts';
import { rowTime } from '../stream/row-time.ts';
import { listAt } from '../stream/selectors.ts';
import { innerId } from './billing-columns.ts';
import { pathIdOf } from './location-slice.ts';
import { NO_DATA, recurring } from './payment-columns.ts';
import { products } from './products.ts';

/** https://marketplace.gohighlevel.com/docs/ghl/products/list-prices-for-product */
export const prices = defineStream({
  name: 'prices',
  description: 'Prices of the products of a location, and their stock; `product` is the product’s id.',
  scope: 'products/prices.readonly',
  ignoredKeys: NO_DATA,
  retrieval: {
    kind: 'children',
    of: products,
    changed: rowTime('updated_at', 'updatedAt'),
    rows: {
      from: 'request',
      endpoint: endpoint({
        request: (slice) => ({
          path: `/products/${pathIdOf(slice)}/price`,
          parameters: { locationId: slice.locationId },
        }),
        select: listAt('prices'),
        paginator: offsetPages({ limit: 100 }),
      }),
    },
  },
  columns: {
    product: text(),
    name: text(),
    type: text(),
    currency: text(),
    amount: number(),
    compare_at_price: number(),
    recurring: recurring(),
    variant_option_ids: list(text()),
    membership_offers: list(object({ id: innerId(), label: text(), value: text() })),
    track_inventory: boolean(),
    available_quantity: integer(),
    allow_out_of_stock_purchases: boolean(),
    user_id: text(),
    created_at: timestamp(),
    updated_at: timestamp(),
  },
});
