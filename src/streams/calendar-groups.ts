import { boolean, text } from '../stream/columns.ts';
import { defineStream } from '../stream/definition.ts';
import { endpoint } from '../stream/endpoint.ts';
import { listAt } from '../stream/selectors.ts';
import { ofLocation } from './location-requests.ts';

/** https://marketplace.gohighlevel.com/docs/ghl/calendars/get-groups */
export const calendarGroups = defineStream({
  name: 'calendar_groups',
  description: 'Groups that the calendars of a location are offered in, inactive ones included.',
  scope: 'calendars/groups.readonly',
  retrieval: {
    kind: 'list',
    endpoint: endpoint({
      version: '2021-04-15',
      request: ofLocation('/calendars/groups'),
      select: listAt('groups'),
    }),
  },
  columns: { name: text(), description: text(), slug: text(), is_active: boolean() },
});
