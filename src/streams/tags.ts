import { text } from '../stream/columns.ts';
import { defineStream } from '../stream/definition.ts';
import { endpoint } from '../stream/endpoint.ts';
import { listAt } from '../stream/selectors.ts';
import { underLocation } from './location-requests.ts';

/** https://marketplace.gohighlevel.com/docs/ghl/locations/get-location-tags */
export const tags = defineStream({
  name: 'tags',
  description: 'Tags that contacts of a location can carry.',
  scope: 'locations/tags.readonly',
  notes: [
    'Contacts carry the names of tags and not their ids, in lower case: join on `location_id` and the name in lower case.',
  ],
  retrieval: {
    kind: 'list',
    endpoint: endpoint({ request: underLocation('tags'), select: listAt('tags') }),
  },
  columns: { name: text() },
});
