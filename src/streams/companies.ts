import { text, timestamp } from '../stream/columns.ts';
import { defineStream } from '../stream/definition.ts';
import { endpoint } from '../stream/endpoint.ts';
import { offsetPages } from '../stream/paginators.ts';
import { rowTime } from '../stream/row-time.ts';
import { listAt } from '../stream/selectors.ts';
import { author } from './author-columns.ts';
import { ofLocation } from './location-requests.ts';
import { customFieldValues } from './shared-columns.ts';

/** https://marketplace.gohighlevel.com/docs/ghl/businesses/get-businesses-by-location */
export const companies = defineStream({
  name: 'companies',
  description:
    'Companies of a location, which HighLevel’s API calls businesses; contacts name theirs in `business_id`.',
  scope: 'businesses.readonly',
  notes: ['Custom fields of companies have no definition in the stream `custom_fields`.'],
  retrieval: {
    kind: 'list',
    endpoint: endpoint({
      request: ofLocation('/businesses/'),
      select: listAt('businesses'),
      paginator: offsetPages({ limit: 100, offsetName: 'skip' }),
    }),
    changed: rowTime('updated_at', 'updatedAt'),
  },
  columns: {
    name: text(),
    phone: text(),
    email: text(),
    website: text(),
    address: text(),
    city: text(),
    state: text(),
    postal_code: text(),
    country: text(),
    description: text(),
    custom_fields: customFieldValues('value'),
    created_by: author(),
    updated_by: author(),
    created_at: timestamp(),
    updated_at: timestamp(),
  },
});
