import { boolean, text, timestamp } from '../stream/columns.ts';
import { defineStream } from '../stream/definition.ts';
import { endpoint } from '../stream/endpoint.ts';
import { offsetPages } from '../stream/paginators.ts';
import { rowTime } from '../stream/row-time.ts';
import { listAtOrBare } from '../stream/selectors.ts';
import { funnels } from './funnels.ts';
import { parentIdOf } from './location-slice.ts';

/** https://marketplace.gohighlevel.com/docs/ghl/funnels/get-pages-by-funnel-id */
export const funnelPages = defineStream({
  name: 'funnel_pages',
  description: 'Pages of the funnels and websites of a location.',
  scope: 'funnels/page.readonly',
  notes: ['HighLevel gives pages funnel by funnel, so each funnel costs a request at each sync.'],
  ignoredKeys: ['__v'],
  retrieval: {
    kind: 'children',
    of: funnels,
    rows: {
      from: 'request',
      endpoint: endpoint({
        request: (slice) => ({
          path: '/funnels/page',
          parameters: { locationId: slice.locationId, funnelId: parentIdOf(slice) },
        }),
        select: listAtOrBare('funnelPages'),
        // Undocumented: larger pages have been refused (422).
        paginator: offsetPages({ limit: 20 }),
      }),
    },
    changed: rowTime('updated_at', 'updatedAt'),
  },
  columns: {
    funnel_id: text(),
    step_id: text(),
    name: text(),
    deleted: boolean(),
    updated_at: timestamp(),
  },
});
