import { integer, text, timestamp } from '../stream/columns.ts';
import { defineStream } from '../stream/definition.ts';
import { endpoint } from '../stream/endpoint.ts';
import { rowTime } from '../stream/row-time.ts';
import { listAt } from '../stream/selectors.ts';
import { isFolder } from './folders.ts';
import { ofLocation } from './location-requests.ts';

/** https://marketplace.gohighlevel.com/docs/ghl/workflows/get-workflow */
export const workflows = defineStream({
  name: 'workflows',
  description: 'Automations of a location, drafts included.',
  scope: 'workflows.readonly',
  notes: ['What a workflow does and whom it has reached is not in HighLevel’s API.'],
  retrieval: {
    kind: 'list',
    endpoint: endpoint({ request: ofLocation('/workflows/'), select: listAt('workflows') }),
    folders: { isFolder, areOpened: false },
    changed: rowTime('updated_at', 'updatedAt'),
  },
  columns: {
    name: text(),
    status: text(),
    version: integer(),
    created_at: timestamp(),
    updated_at: timestamp(),
  },
});
