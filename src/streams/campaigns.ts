import { text } from '../stream/columns.ts';
import { defineStream } from '../stream/definition.ts';
import { endpoint } from '../stream/endpoint.ts';
import { listAt } from '../stream/selectors.ts';
import { ofLocation } from './location-requests.ts';

/** https://marketplace.gohighlevel.com/docs/ghl/campaigns/get-campaigns */
export const campaigns = defineStream({
  name: 'campaigns',
  description: 'Marketing campaigns of a location (a legacy product: usually none).',
  scope: 'campaigns.readonly',
  retrieval: {
    kind: 'list',
    endpoint: endpoint({
      request: ofLocation('/campaigns/'),
      select: listAt('campaigns'),
    }),
  },
  columns: { name: text(), status: text() },
});
