import { text } from '../stream/columns.ts';
import { defineStream } from '../stream/definition.ts';
import { endpoint } from '../stream/endpoint.ts';
import { offsetPages } from '../stream/paginators.ts';
import { listAt } from '../stream/selectors.ts';
import { isFolder } from './folders.ts';
import { ofLocation } from './location-requests.ts';

/** https://marketplace.gohighlevel.com/docs/ghl/surveys/get-surveys */
export const surveys = defineStream({
  name: 'surveys',
  description: 'Surveys of a location; those in folders too, but not the folders.',
  scope: 'surveys.readonly',
  retrieval: {
    kind: 'list',
    endpoint: endpoint({
      request: ofLocation('/surveys/'),
      select: listAt('surveys'),
      paginator: offsetPages({ limit: 50, offsetName: 'skip' }),
    }),
    folders: { isFolder, areOpened: false },
  },
  columns: { name: text() },
});
