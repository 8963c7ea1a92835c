import { boolean, list, map, object, text, textOrJson, timestamp } from '../stream/columns.ts';
import { defineStream } from '../stream/definition.ts';
import { endpoint } from '../stream/endpoint.ts';
import { listAt } from '../stream/selectors.ts';
import { ofLocation } from './location-requests.ts';

/** https://marketplace.gohighlevel.com/docs/ghl/users/get-user-by-location */
export const users = defineStream({
  name: 'users',
  description: 'Users who can work in a location.',
  scope: 'users.readonly',
  notes: [
    'A user who works in several locations has a row in each of them, with the same id.',
    'HighLevel calls this list deprecated, but its successor is for agencies: this one can be read with what a location permits.',
    'Deleted users stay in the list as long as HighLevel gives them; `deleted` is then true. Users who were never deleted may have null there.',
    'Only some rows say when the user was added and changed.',
  ],
  retrieval: {
    kind: 'list',
    endpoint: endpoint({
      request: ofLocation('/users/'),
      select: listAt('users'),
    }),
  },
  columns: {
    name: text(),
    first_name: text(),
    last_name: text(),
    email: text(),
    phone: text(),
    extension: text(),
    deleted: boolean(),
    roles: object({
      type: text(),
      role: text(),
      location_ids: list(text()),
      restrict_sub_account: boolean(),
    }),
    permissions: map(),
    // Documented as one text, though it stands for a list.
    scopes: textOrJson(),
    lc_phone: map(),
    platform_language: text(),
    date_added: timestamp(),
    date_updated: timestamp(),
  },
});
