import { text } from '../stream/columns.ts';
import { defineStream } from '../stream/definition.ts';
import { endpoint } from '../stream/endpoint.ts';
import { offsetPages } from '../stream/paginators.ts';
import { listAtOrBare } from '../stream/selectors.ts';
import { pathIdOf } from './location-slice.ts';
import { objectRecords } from './object-records.ts';

/** https://marketplace.gohighlevel.com/docs/ghl/associations/get-relations-by-record-id */
export const relations = defineStream({
  name: 'relations',
  description:
    'Which record of a custom object is tied to which other record, contact, opportunity or company.',
  scope: 'associations/relation.readonly',
  notes: [
    'HighLevel gives relations record by record, so each record of a custom object costs a request at each sync.',
    'Relations that touch no record of a custom object are not read; those of opportunities are in `opportunities.relations`.',
  ],
  retrieval: {
    kind: 'children',
    of: objectRecords,
    rows: {
      from: 'request',
      // A relation between two records is in the answers for both.
      isShared: true,
      endpoint: endpoint({
        request: (slice) => ({
          path: `/associations/relations/${pathIdOf(slice)}`,
          parameters: { locationId: slice.locationId },
        }),
        select: listAtOrBare('relations'),
        paginator: offsetPages({ limit: 100, offsetName: 'skip' }),
      }),
    },
  },
  columns: {
    association_id: text(),
    first_object_key: text(),
    first_record_id: text(),
    second_object_key: text(),
    second_record_id: text(),
  },
});
