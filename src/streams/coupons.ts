import { boolean, integer, number, object, text, timestamp } from '../stream/columns.ts';
import { defineStream } from '../stream/definition.ts';
import { endpoint } from '../stream/endpoint.ts';
import { offsetPages } from '../stream/paginators.ts';
import { rowTime } from '../stream/row-time.ts';
import { listAt } from '../stream/selectors.ts';
import { altOf } from './location-slice.ts';
import { NO_DATA } from './payment-columns.ts';

/** https://marketplace.gohighlevel.com/docs/ghl/payments/list-coupons */
export const coupons = defineStream({
  name: 'coupons',
  description: 'Coupons of a location: scheduled, active and expired ones.',
  scope: 'payments/coupons.readonly',
  notes: [
    'Whether a coupon that begins, expires or is used counts as changed is not documented: `status` and `usage_count` may lag behind in incremental syncs.',
  ],
  ignoredKeys: NO_DATA,
  retrieval: {
    kind: 'list',
    endpoint: endpoint({
      request: (slice) => ({ path: '/payments/coupon/list', parameters: altOf(slice) }),
      select: listAt('data'),
      paginator: offsetPages({ limit: 100 }),
    }),
    changed: rowTime('updated_at', 'updatedAt'),
  },
  columns: {
    name: text(),
    code: text(),
    status: text(),
    discount_type: text(),
    discount_value: number(),
    usage_count: integer(),
    limit_per_customer: integer(),
    apply_to_future_payments: boolean(),
    apply_to_future_payments_config: object({ type: text(), duration: number(), duration_type: text() }),
    user_id: text(),
    start_date: timestamp(),
    end_date: timestamp(),
    created_at: timestamp(),
    updated_at: timestamp(),
  },
});
