import { integer, jsonText, list, map, object, text, textOrJson, timestamp } from '../stream/columns.ts';
import { defineStream } from '../stream/definition.ts';
import { endpoint } from '../stream/endpoint.ts';
import { cursorPages } from '../stream/paginators.ts';
import { rowTime } from '../stream/row-time.ts';
import { listAt } from '../stream/selectors.ts';
import { epochBounds } from './bounds.ts';
import { windowOf } from './location-slice.ts';

/** https://marketplace.gohighlevel.com/docs/ghl/conversations/export-messages-by-location */
export const messages = defineStream({
  name: 'messages',
  description: 'Messages of all conversations of a location: SMS, e-mails, calls, chats and activities.',
  scope: 'conversations/message.readonly',
  notes: [
    'Messages that change their status (delivered, opened, failed) more than three days after they were made are seen by the weekly pass over everything.',
    'Of e-mails the export gives no body: `meta` carries the ids they can be asked for by.',
  ],
  retrieval: {
    kind: 'windows',
    endpoint: endpoint({
      version: '2021-04-15',
      request: (slice) => ({
        path: '/conversations/messages/export',
        parameters: {
          locationId: slice.locationId,
          sortBy: 'createdAt',
          sortOrder: 'asc',
          ...epochBounds(windowOf(slice), ['startDate', 'endDate']),
        },
      }),
      select: listAt('messages'),
      paginator: cursorPages({ limit: 500 }),
      // Without a channel the export leaves e-mails out, and says nothing of it.
      passes: [{ parameters: {} }, { parameters: { channel: 'Email' } }],
    }),
    by: rowTime('date_added', 'dateAdded'),
    changed: rowTime('date_updated', 'dateUpdated'),
    trailingDays: 3,
    shortestMs: 60_000,
    mostRows: 5_000,
  },
  columns: {
    conversation_id: text(),
    contact_id: text(),
    type: integer(),
    message_type: text(),
    sub_type: text(),
    direction: text(),
    status: text(),
    source: text(),
    body: text(),
    content_type: text(),
    attachments: list(textOrJson()),
    from: text(),
    to: textOrJson(),
    user_id: text(),
    conversation_provider_id: text(),
    chat_widget_id: text(),
    activity: object({ type: text(), title: text(), data: jsonText() }),
    meta: object({
      call_duration: integer(),
      call_status: text(),
      call: object({ duration: integer(), status: text() }),
      email: map(),
    }),
    date_added: timestamp(),
    date_updated: timestamp(),
  },
});
