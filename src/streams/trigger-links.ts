import { text } from '../stream/columns.ts';
import { defineStream } from '../stream/definition.ts';
import { endpoint } from '../stream/endpoint.ts';
import { listAt } from '../stream/selectors.ts';
import { ofLocation } from './location-requests.ts';

/** https://marketplace.gohighlevel.com/docs/ghl/links/get-links */
export const triggerLinks = defineStream({
  name: 'trigger_links',
  description: 'Links of a location that start an automation when a contact clicks them.',
  scope: 'links.readonly',
  notes: ['Who has clicked them is not in HighLevel’s API.'],
  retrieval: {
    kind: 'list',
    endpoint: endpoint({ request: ofLocation('/links/'), select: listAt('links') }),
  },
  columns: { name: text(), redirect_to: text(), field_key: text() },
});
