import { boolean, list, object, text, textOrJson, timestamp } from '../stream/columns.ts';
import { defineStream } from '../stream/definition.ts';
import { endpoint } from '../stream/endpoint.ts';
import { offsetPages } from '../stream/paginators.ts';
import { rowTime } from '../stream/row-time.ts';
import { listAt } from '../stream/selectors.ts';
import { NO_DATA } from './payment-columns.ts';
import { ofLocation } from './location-requests.ts';

/** https://marketplace.gohighlevel.com/docs/ghl/products/list-invoices (which is what HighLevel calls the page) */
export const products = defineStream({
  name: 'products',
  description: 'Products and services that a location sells; what they cost is in `prices`.',
  scope: 'products.readonly',
  ignoredKeys: NO_DATA,
  retrieval: {
    kind: 'list',
    endpoint: endpoint({
      request: ofLocation('/products/'),
      select: listAt('products'),
      paginator: offsetPages({ limit: 100 }),
    }),
    changed: rowTime('updated_at', 'updatedAt'),
  },
  columns: {
    name: text(),
    description: text(),
    product_type: text(),
    slug: text(),
    image: text(),
    statement_descriptor: text(),
    available_in_store: boolean(),
    collection_ids: list(text()),
    is_taxes_enabled: boolean(),
    taxes: list(textOrJson()),
    automatic_tax_category_id: text(),
    variants: list(object({ id: text(), name: text(), options: list(object({ id: text(), name: text() })) })),
    label: object({ title: text(), start_date: timestamp(), end_date: timestamp() }),
    created_at: timestamp(),
    updated_at: timestamp(),
  },
});
