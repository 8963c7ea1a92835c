import { required, text, timestamp } from '../stream/columns.ts';
import { defineStream } from '../stream/definition.ts';
import { billingItemColumns } from './billing-columns.ts';
import { childRows } from './child-rows.ts';
import { invoices } from './invoices.ts';

/** https://marketplace.gohighlevel.com/docs/ghl/invoices/list-invoices */
export const invoiceItems = defineStream({
  name: 'invoice_items',
  description: 'The lines of the invoices of a location: what was charged, how often, and at which price.',
  // An invoice may be a copy of another document, and nobody says that its items get ids of their own.
  primaryKey: ['location_id', 'invoice_id', 'id'],
  scope: 'invoices.readonly',
  notes: [
    'All items of an invoice come again whenever the invoice has changed.',
    'Items that were removed from an invoice stay in a table that is upserted: of the items of an invoice, those with its newest `invoice_updated_at` are the current ones. An invoice that lost all its items keeps the old ones.',
  ],
  retrieval: {
    kind: 'children',
    of: invoices,
    follows: 'invoice_updated_at',
    rows: {
      from: 'parent',
      of: childRows({
        under: 'invoiceItems',
        keep: ({ _id: invoiceId = null, invoiceNumber = null, updatedAt = null }) => ({
          invoiceId,
          invoiceNumber,
          invoiceUpdatedAt: updatedAt,
        }),
      }),
    },
  },
  columns: {
    invoice_id: required(text()),
    invoice_number: text(),
    ...billingItemColumns(),
    invoice_updated_at: timestamp(),
  },
});
