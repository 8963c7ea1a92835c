import { boolean, number, object, required, text, textOrJson, timestamp } from '../stream/columns.ts';
import { defineStream } from '../stream/definition.ts';
import { endpoint } from '../stream/endpoint.ts';
import { oneRow } from '../stream/selectors.ts';
import { innerId } from './billing-columns.ts';
import { childRows } from './child-rows.ts';
import { altOf, pathIdOf } from './location-slice.ts';
import { orders } from './orders.ts';
import { recurring } from './payment-columns.ts';

/** https://marketplace.gohighlevel.com/docs/ghl/payments/get-order-by-id */
export const orderItems = defineStream({
  name: 'order_items',
  description: 'The items of the orders of a location: which product was bought at which price.',
  // Nobody says that an item's id is its own; it may well be that of what is on sale, which many orders have.
  primaryKey: ['location_id', 'order_id', 'id'],
  scope: 'payments/orders.readonly',
  notes: [
    'HighLevel gives items order by order, so each order that is new or has changed costs a request.',
    'All items of an order come again whenever the order has changed. Items that were removed from it stay in a table that is upserted: of the items of an order, those with its newest `order_updated_at` are the current ones. An order that lost all its items keeps the old ones.',
  ],
  retrieval: {
    kind: 'children',
    of: orders,
    follows: 'order_updated_at',
    rows: {
      from: 'request',
      endpoint: endpoint({
        request: (slice) => ({
          path: `/payments/orders/${pathIdOf(slice)}`,
          parameters: altOf(slice),
        }),
        select: oneRow,
      }),
      keep: ({ updatedAt = null }) => ({ updatedAt }),
      of: (order, { id: orderId = null, updatedAt: orderUpdatedAt = null }) =>
        childRows({
          under: 'items',
          keep: ({ currency = null }) => ({ orderId, orderUpdatedAt, currency }),
        })(order),
    },
  },
  columns: {
    order_id: required(text()),
    name: text(),
    qty: number(),
    currency: text(),
    authorize_amount: number(),
    price: object({
      id: innerId(),
      name: text(),
      type: text(),
      currency: text(),
      amount: number(),
      recurring: recurring(),
    }),
    product: object({ id: innerId(), name: text(), product_type: text() }),
    bump_product: boolean(),
    funnel: textOrJson(),
    step: textOrJson(),
    order_updated_at: timestamp(),
  },
});
