import { isJsonObject, type JsonValue } from '../foundation/json.ts';
import { boolean, date, list, map, number, object, reshaped, text, timestamp } from '../stream/columns.ts';
import { defineStream } from '../stream/definition.ts';
import { endpoint } from '../stream/endpoint.ts';
import { offsetPages } from '../stream/paginators.ts';
import { rowTime } from '../stream/row-time.ts';
import { listAt } from '../stream/selectors.ts';
import { billingDocument, billingItems, innerId } from './billing-columns.ts';
import { altOf } from './location-slice.ts';
import { NO_DATA, TEST_MODE_NOTE } from './payment-columns.ts';

/** HighLevel keeps the request that takes a payment here, with whatever it signs in with. */
const withoutPaymentTask = (meta: JsonValue): JsonValue => {
  if (!isJsonObject(meta) || !isJsonObject(meta['autoPayment'])) return meta;
  const { taskReq: _task, ...autoPayment } = meta['autoPayment'];
  return { ...meta, autoPayment };
};

/** https://marketplace.gohighlevel.com/docs/ghl/invoices/list-invoices */
export const invoices = defineStream({
  name: 'invoices',
  description: 'Invoices of a location, drafts and void ones included, with their items.',
  scope: 'invoices.readonly',
  notes: [
    '`invoice_number` is text: HighLevel writes plain numbers and numbers with a prefix.',
    'Invoices can only be filtered by the day they are dated, forwards or backwards, which says nothing of when they changed.',
    'Of `meta` the request by which a payment is taken is left out, because it carries a token.',
    TEST_MODE_NOTE,
  ],
  ignoredKeys: NO_DATA,
  retrieval: {
    kind: 'list',
    endpoint: endpoint({
      request: (slice) => ({ path: '/invoices/', parameters: altOf(slice) }),
      select: listAt('invoices'),
      paginator: offsetPages({ limit: 100 }),
    }),
    changed: rowTime('updated_at', 'updatedAt'),
  },
  columns: {
    invoice_number: text(),
    name: text(),
    title: text(),
    status: text(),
    currency: text(),
    total: number(),
    invoice_total: number(),
    amount_paid: number(),
    amount_due: number(),
    total_summary: object({ sub_total: number(), discount: number(), tax: number() }),
    live_mode: boolean(),
    issue_date: date(),
    due_date: date(),
    invoice_items: billingItems(),
    ...billingDocument(),
    sent_from: object({ from_name: text(), from_email: text() }),
    payment_schedule: object({
      type: text(),
      schedules: list(
        object({ id: innerId(), due_date: date(), status: text(), value: number(), amount: number() }),
      ),
    }),
    schedule_id: text(),
    source: text(),
    tips_received: list(map()),
    reminders_configuration: map(),
    meta: reshaped(map(), withoutPaymentTask),
    sent_at: timestamp(),
    last_visited_at: timestamp(),
    last_paid_at: timestamp(),
    created_at: timestamp(),
    updated_at: timestamp(),
  },
});
