import { systemError } from '../foundation/errors.ts';
import { textAt } from '../foundation/json.ts';
import { pathSegment } from '../http/path-segment.ts';
import { list, map, named, text, timestamp } from '../stream/columns.ts';
import { defineStream } from '../stream/definition.ts';
import { endpoint, type EndpointSlice } from '../stream/endpoint.ts';
import { pagesAfterRow } from '../stream/paginators.ts';
import { rowTime } from '../stream/row-time.ts';
import { listAt } from '../stream/selectors.ts';
import { author } from './author-columns.ts';
import { objectSchemas } from './object-schemas.ts';
import { tokenOf } from './search-key.ts';

const keyOf = ({ parent }: EndpointSlice): string => {
  const key = parent && textAt(parent, 'key');
  if (key === undefined) throw systemError('HighLevel sent a custom object without a key.');
  return pathSegment(key);
};

/** https://marketplace.gohighlevel.com/docs/ghl/objects/search-object-records */
export const objectRecords = defineStream({
  name: 'object_records',
  description: 'Records of the custom objects of a location, with their properties by key.',
  scope: 'objects/record.readonly',
  notes: [
    'Contacts, opportunities and companies are no records here: they have streams of their own.',
    'HighLevel’s search shows a new record some seconds after it was made; one that a sync just misses is read by the next.',
  ],
  ignoredKeys: ['searchAfter', 'sort'],
  retrieval: {
    kind: 'children',
    of: objectSchemas,
    rows: {
      from: 'request',
      // Answers have been seen without `standard`.
      asks: ({ standard, type }) => standard !== true && type !== 'SYSTEM_DEFINED',
      keep: ({ key = null }) => ({ key }),
      endpoint: endpoint({
        method: 'POST',
        request: (slice) => ({
          path: `/objects/${keyOf(slice)}/records/search`,
          parameters: { locationId: slice.locationId },
        }),
        select: listAt('records'),
        paginator: pagesAfterRow({
          limit: 100,
          tokenOf,
          // All of it is required, the page even where a token says where to go on.
          parameters: (limit, token = []) => ({ page: 1, pageLimit: limit, query: '', searchAfter: token }),
        }),
      }),
    },
    changed: rowTime('updated_at', 'updatedAt'),
  },
  columns: {
    object_id: text(),
    object_key: text(),
    properties: map(),
    owner: named(list(text()), 'owner', 'owners'),
    followers: list(text()),
    created_by: author(),
    last_updated_by: author(),
    created_at: timestamp(),
    updated_at: timestamp(),
  },
});
