import { jsonText, text, timestamp } from '../stream/columns.ts';
import { defineStream } from '../stream/definition.ts';
import { endpoint } from '../stream/endpoint.ts';
import { offsetPages } from '../stream/paginators.ts';
import { rowTime } from '../stream/row-time.ts';
import { listAt } from '../stream/selectors.ts';
import { altOf } from './location-slice.ts';
import { NO_DATA, paidEntity, payer, payment, TEST_MODE_NOTE } from './payment-columns.ts';

/** https://marketplace.gohighlevel.com/docs/ghl/payments/list-subscriptions */
export const subscriptions = defineStream({
  name: 'subscriptions',
  description: 'Subscriptions of the contacts of a location, running and ended ones.',
  scope: 'payments/subscriptions.readonly',
  notes: [
    '`subscription_id` is what the payment provider calls the subscription; transactions refer to it by that.',
    '`subscription_snapshot` is what the payment provider said, as JSON text: its shape is the provider’s, and its amounts may be in cents.',
    TEST_MODE_NOTE,
  ],
  ignoredKeys: NO_DATA,
  retrieval: {
    kind: 'list',
    endpoint: endpoint({
      request: (slice) => ({ path: '/payments/subscriptions', parameters: altOf(slice) }),
      select: listAt('data'),
      paginator: offsetPages({ limit: 100 }),
    }),
    changed: rowTime('updated_at', 'updatedAt'),
  },
  columns: {
    ...payer(),
    contact_phone: text(),
    ...payment(),
    subscription_id: text(),
    ...paidEntity(),
    subscription_snapshot: jsonText(),
    created_at: timestamp(),
    updated_at: timestamp(),
  },
});
