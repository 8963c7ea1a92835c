import { text, textOrJson } from '../stream/columns.ts';
import { defineStream } from '../stream/definition.ts';
import { endpoint } from '../stream/endpoint.ts';
import { offsetPages } from '../stream/paginators.ts';
import { listAtOrBare } from '../stream/selectors.ts';
import { ofLocation } from './location-requests.ts';

/** https://marketplace.gohighlevel.com/docs/ghl/associations/find-associations */
export const associations = defineStream({
  name: 'associations',
  description: 'Ways in which two kinds of objects of a location can be tied together.',
  scope: 'associations.readonly',
  retrieval: {
    kind: 'list',
    endpoint: endpoint({
      request: ofLocation('/associations/'),
      select: listAtOrBare('associations'),
      paginator: offsetPages({ limit: 100, offsetName: 'skip' }),
    }),
  },
  // Labels, keys and the type are objects by the specification, texts in its examples.
  columns: {
    key: text(),
    association_type: textOrJson(),
    first_object_key: textOrJson(),
    first_object_label: textOrJson(),
    second_object_key: textOrJson(),
    second_object_label: textOrJson(),
  },
});
