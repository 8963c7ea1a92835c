import {
  boolean,
  type Column,
  type Columns,
  list,
  named,
  number,
  object,
  text,
  textOrJson,
} from '../stream/columns.ts';
import { customFieldValues, objectsOrTexts } from './shared-columns.ts';

/** The id of something inside of a row. */
export const innerId = (): Column => named(text(), 'id', '_id');

export const attachments = (): Column =>
  list(object({ id: innerId(), name: text(), url: text(), type: text(), size: number() }));

/** A line of an invoice or an estimate, without its id. */
export const billingItemColumns = (): Columns => ({
  name: text(),
  description: text(),
  product_id: text(),
  price_id: text(),
  type: text(),
  currency: text(),
  amount: number(),
  qty: number(),
  item_total_discount: number(),
  item_total_tax: number(),
  tax_inclusive: boolean(),
  taxes: list(
    object({
      id: innerId(),
      name: text(),
      rate: number(),
      calculation: text(),
      description: text(),
      tax_id: text(),
    }),
  ),
  automatic_tax_category_id: text(),
  is_setup_fee_item: boolean(),
  attachments: attachments(),
});

/** The lines of an invoice or an estimate. */
export const billingItems = (): Column => list(object({ id: innerId(), ...billingItemColumns() }));

const postalAddress = (): Column =>
  object({
    address_line1: text(),
    address_line2: text(),
    city: text(),
    state: text(),
    country_code: text(),
    postal_code: text(),
  });

/** What invoices and estimates both print and carry. */
export const billingDocument = (): Columns => ({
  discount: object({ type: text(), value: number(), valid_on_product_ids: list(text()) }),
  contact_details: object({
    id: text(),
    name: text(),
    email: text(),
    additional_emails: objectsOrTexts(object({ email: text() }), 'email'),
    phone_no: text(),
    company_name: text(),
    address: postalAddress(),
    custom_fields: customFieldValues('value'),
  }),
  business_details: object({
    name: text(),
    phone_no: text(),
    website: text(),
    logo_url: text(),
    address: postalAddress(),
    custom_values: list(object({ id: text(), name: text(), field_key: text(), value: textOrJson() })),
  }),
  sent_to: object({
    email: list(text()),
    email_cc: list(text()),
    email_bcc: list(text()),
    phone_no: list(text()),
  }),
  sent_by: text(),
  updated_by: text(),
  terms_notes: text(),
  automatic_taxes_enabled: boolean(),
  automatic_taxes_calculated: boolean(),
});
