import { jsonText, number, object, text, timestamp } from '../stream/columns.ts';
import { defineStream } from '../stream/definition.ts';
import { NO_DATA, paidEntity, payer, payment, TEST_MODE_NOTE } from './payment-columns.ts';
import { paymentWindows } from './payment-windows.ts';

/** https://marketplace.gohighlevel.com/docs/ghl/payments/list-transactions */
export const transactions = defineStream({
  name: 'transactions',
  description:
    'Payments of a location for orders, invoices and subscriptions: succeeded, failed and refunded ones.',
  scope: 'payments/transactions.readonly',
  notes: [
    '`charge_snapshot` is what the payment provider said, as JSON text: its shape is the provider’s, and its amounts may be in cents.',
    TEST_MODE_NOTE,
  ],
  ignoredKeys: NO_DATA,
  retrieval: paymentWindows('/payments/transactions'),
  columns: {
    ...payer(),
    merged_from_contact_id: text(),
    ...payment(),
    amount_refunded: number(),
    subscription_id: text(),
    charge_id: text(),
    ...paidEntity(),
    payment_method: object({ card: object({ brand: text(), last4: text() }) }),
    charge_snapshot: jsonText(),
    fulfilled_at: timestamp(),
    created_at: timestamp(),
    updated_at: timestamp(),
  },
});
