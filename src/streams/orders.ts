import { integer, number, text, timestamp } from '../stream/columns.ts';
import { defineStream } from '../stream/definition.ts';
import { NO_DATA, payer, payment, sourceMeta, TEST_MODE_NOTE } from './payment-columns.ts';
import { paymentWindows } from './payment-windows.ts';

/** https://marketplace.gohighlevel.com/docs/ghl/payments/list-orders */
export const orders = defineStream({
  name: 'orders',
  description: 'Orders of a location: what was bought in funnels, on websites, by invoice or by hand.',
  scope: 'payments/orders.readonly',
  notes: [
    'The list that orders come from has no items (see `order_items`), taxes or shipping.',
    TEST_MODE_NOTE,
  ],
  ignoredKeys: NO_DATA,
  retrieval: paymentWindows('/payments/orders'),
  columns: {
    ...payer(),
    ...payment(),
    payment_status: text(),
    fulfillment_status: text(),
    subtotal: number(),
    discount: number(),
    coupon_code: text(),
    total_products: integer(),
    onetime_products: integer(),
    recurring_products: integer(),
    source_type: text(),
    source_sub_type: text(),
    source_name: text(),
    source_id: text(),
    source_meta: sourceMeta(),
    created_by: text(),
    created_at: timestamp(),
    updated_at: timestamp(),
  },
});
