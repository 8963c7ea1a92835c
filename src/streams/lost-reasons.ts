import { boolean, text, timestamp } from '../stream/columns.ts';
import { defineStream } from '../stream/definition.ts';
import { endpoint } from '../stream/endpoint.ts';
import { offsetPages } from '../stream/paginators.ts';
import { rowTime } from '../stream/row-time.ts';
import { listAt } from '../stream/selectors.ts';
import { ofLocation } from './location-requests.ts';

/** https://marketplace.gohighlevel.com/docs/ghl/opportunities/get-lost-reason */
export const lostReasons = defineStream({
  name: 'lost_reasons',
  description: 'Reasons that opportunities of a location can be lost for, deleted ones included.',
  scope: 'opportunities.readonly',
  notes: ['Deleted reasons are read too, because opportunities go on naming them.'],
  retrieval: {
    kind: 'list',
    endpoint: endpoint({
      request: ofLocation('/opportunities/lost-reason', { getCount: true }),
      select: listAt('lostReasons'),
      paginator: offsetPages({ limit: 100, offsetName: 'skip' }),
      // Deleted ones are left out unless they are asked for, and then come alone.
      passes: [
        { parameters: { deleted: false }, marks: { deleted: false } },
        { parameters: { deleted: true }, marks: { deleted: true } },
      ],
    }),
    changed: rowTime('updated_at', 'updatedAt'),
  },
  columns: { name: text(), deleted: boolean(), created_at: timestamp(), updated_at: timestamp() },
});
