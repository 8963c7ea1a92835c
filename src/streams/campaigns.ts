import { text } from '../stream/columns.ts';
import { defineStream } from '../stream/definition.ts';
import { listAt } from '../stream/selectors.ts';

/** https://marketplace.gohighlevel.com/docs/ghl/campaigns/get-campaigns */
export const campaigns = defineStream({
  name: 'campaigns',
  description: 'Marketing campaigns of a location (a legacy product: usually none).',
  scope: 'campaigns.readonly',
  retrieval: {
    kind: 'list',
    version: '2021-07-28',
    request: ({ locationId }) => ({ path: '/campaigns/', query: { locationId } }),
    select: listAt('campaigns'),
  },
  columns: { name: text(), status: text() },
});
