import { boolean, list, map, named, number, object, text, timestamp } from '../stream/columns.ts';
import { defineStream } from '../stream/definition.ts';
import { endpoint } from '../stream/endpoint.ts';
import { offsetPages } from '../stream/paginators.ts';
import { rowTime } from '../stream/row-time.ts';
import { listAt } from '../stream/selectors.ts';
import { attachments, billingDocument, billingItems } from './billing-columns.ts';
import { altOf } from './location-slice.ts';
import { NO_DATA, TEST_MODE_NOTE } from './payment-columns.ts';

/** https://marketplace.gohighlevel.com/docs/ghl/invoices/list-estimates */
export const estimates = defineStream({
  name: 'estimates',
  description: 'Estimates of a location, in every status, with their items.',
  scope: 'invoices/estimate.readonly',
  notes: [
    '`issue_date` and `expiry_date` are instants, as HighLevel writes them: mostly midnight UTC of the day.',
    TEST_MODE_NOTE,
  ],
  ignoredKeys: NO_DATA,
  retrieval: {
    kind: 'list',
    endpoint: endpoint({
      // What is listed without a status is not documented.
      request: (slice) => ({
        path: '/invoices/estimate/list',
        parameters: { ...altOf(slice), status: 'all' },
      }),
      select: listAt('estimates'),
      paginator: offsetPages({ limit: 100 }),
    }),
    changed: rowTime('updated_at', 'updatedAt'),
  },
  columns: {
    estimate_number: text(),
    estimate_number_prefix: text(),
    name: text(),
    title: text(),
    estimate_status: text(),
    currency: text(),
    total: number(),
    total_amount_in_usd: named(number(), 'totalamountInUSD'),
    live_mode: boolean(),
    deleted: boolean(),
    issue_date: timestamp(),
    expiry_date: timestamp(),
    items: billingItems(),
    ...billingDocument(),
    company_id: text(),
    attachments: attachments(),
    auto_invoice: object({ enabled: boolean(), direct_payments: boolean() }),
    frequency_settings: object({
      enabled: boolean(),
      schedule: object({ execute_at: text(), rrule: map() }),
    }),
    estimate_action_history: list(object({ action: text(), timestamp: timestamp() })),
    meta: map(),
    last_visited_at: timestamp(),
    created_at: timestamp(),
    updated_at: timestamp(),
  },
});
