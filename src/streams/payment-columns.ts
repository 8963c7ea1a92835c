import { boolean, type Column, type Columns, integer, map, number, object, text } from '../stream/columns.ts';

/** What payments, invoices and the catalogue send besides data: the location again, and traces of their storage. */
export const NO_DATA: readonly string[] = ['altId', 'altType', '__v', 'traceId'];

export const TEST_MODE_NOTE =
  'What was made in test mode comes too, as far as HighLevel lists it: `live_mode` tells it apart.';

/** Who pays. */
export const payer = (): Columns => ({
  contact_id: text(),
  contact_name: text(),
  contact_email: text(),
});

/** How much, and how it stands. */
export const payment = (): Columns => ({
  status: text(),
  currency: text(),
  amount: number(),
  live_mode: boolean(),
});

/** The page on which something was sold. */
export const sourceMeta = (): Column =>
  object({
    domain: text(),
    page_id: text(),
    page_url: text(),
    step_id: text(),
    affiliate_manager: map(),
  });

/** What is paid for, where it was sold, and through whom it is paid. */
export const paidEntity = (): Columns => ({
  entity_type: text(),
  entity_id: text(),
  entity_source_type: text(),
  entity_source_sub_type: text(),
  entity_source_name: text(),
  entity_source_id: text(),
  entity_source_meta: sourceMeta(),
  payment_provider_type: text(),
  payment_provider_connected_account: text(),
  ip_address: text(),
  created_by: text(),
});

/** How often a price is paid. */
export const recurring = (): Column => object({ interval: text(), interval_count: integer() });
