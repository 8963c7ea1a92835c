import { text } from '../stream/columns.ts';
import { defineStream } from '../stream/definition.ts';
import { endpoint } from '../stream/endpoint.ts';
import { offsetPages } from '../stream/paginators.ts';
import { listAt } from '../stream/selectors.ts';
import { isFolder } from './folders.ts';
import { ofLocation } from './location-requests.ts';

/** https://marketplace.gohighlevel.com/docs/ghl/forms/get-forms */
export const forms = defineStream({
  name: 'forms',
  description: 'Forms of a location; those in folders too, but not the folders.',
  scope: 'forms.readonly',
  retrieval: {
    kind: 'list',
    endpoint: endpoint({
      request: ofLocation('/forms/'),
      select: listAt('forms'),
      paginator: offsetPages({ limit: 50, offsetName: 'skip' }),
    }),
    folders: { isFolder, areOpened: false },
  },
  columns: { name: text() },
});
