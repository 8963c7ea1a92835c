import { boolean, map, text, timestamp } from '../stream/columns.ts';
import { defineStream } from '../stream/definition.ts';
import { endpoint } from '../stream/endpoint.ts';
import { offsetPages } from '../stream/paginators.ts';
import { rowTime } from '../stream/row-time.ts';
import { listAt } from '../stream/selectors.ts';
import { underLocation } from './location-requests.ts';

/** https://marketplace.gohighlevel.com/docs/ghl/locations/task-search */
export const tasks = defineStream({
  name: 'tasks',
  description: 'Tasks about the contacts of a location, to be done and done.',
  scope: 'locations/tasks.readonly',
  notes: [
    'HighLevel does not document the fields of this list. Tasks that come without `date_updated` are emitted at each sync.',
  ],
  ignoredKeys: ['searchAfter'],
  retrieval: {
    kind: 'list',
    endpoint: endpoint({
      method: 'POST',
      request: underLocation('tasks/search'),
      select: listAt('tasks'),
      paginator: offsetPages({ limit: 100, offsetName: 'skip' }),
      // Whether a search that does not say gives the done ones too is not documented.
      passes: [{ parameters: {} }, { parameters: { completed: true } }],
    }),
    changed: rowTime('date_updated', 'dateUpdated'),
  },
  columns: {
    title: text(),
    body: text(),
    completed: boolean(),
    status: text(),
    status_group: text(),
    contact_id: text(),
    contact_details: map(),
    assigned_to: text(),
    assigned_to_user_details: map(),
    deleted: boolean(),
    due_date: timestamp(),
    date_added: timestamp(),
    date_updated: timestamp(),
  },
});
