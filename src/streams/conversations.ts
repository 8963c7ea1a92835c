import { isJsonArray } from '../foundation/json.ts';
import { boolean, integer, jsonText, list, number, text, textOrJson, timestamp } from '../stream/columns.ts';
import { defineStream } from '../stream/definition.ts';
import { endpoint, type EndpointSlice } from '../stream/endpoint.ts';
import { instantOf, rowTime } from '../stream/row-time.ts';
import { listAt } from '../stream/selectors.ts';
import { epochBounds } from './bounds.ts';

const PAGE_SIZE = 100;
const lastMessage = rowTime('last_message_date', 'lastMessageDate');

const search = ({ locationId, window }: EndpointSlice) => ({
  path: '/conversations/search',
  parameters: {
    locationId,
    limit: PAGE_SIZE,
    sortBy: 'last_message_date',
    sort: 'desc',
    ...(window !== undefined && epochBounds(window, ['startDate', 'endDate'])),
  },
});

const searchEndpoint = endpoint({
  version: '2021-04-15',
  request: search,
  select: listAt('conversations'),
});

/** https://marketplace.gohighlevel.com/docs/ghl/conversations/search-conversation */
export const conversations = defineStream({
  name: 'conversations',
  description: 'Conversations of a location, one a contact and inbox thread, with their last message.',
  scope: 'conversations.readonly',
  ignoredKeys: ['sort'],
  notes: [
    'An incremental sync reads the conversations that had a message since the last one. Other changes (read, starred, assigned) are seen by the weekly pass over everything, or with the next message. Of conversations that are older than the start date only new messages are seen.',
    'HighLevel pages these by the time of the last message alone. Where more conversations than a page holds share one millisecond, the weekly pass, which goes by creation time, brings what the others missed.',
  ],
  retrieval: {
    kind: 'windows',
    endpoint: searchEndpoint,
    by: rowTime('date_added', 'dateAdded'),
    changed: rowTime('date_updated', 'dateUpdated'),
    trailingDays: 0,
    shortestMs: 1,
    // A window is one page: its next one could only be named by the last message's time, which several may share.
    mostRows: PAGE_SIZE,
    recent: {
      endpoint: searchEndpoint,
      key: lastMessage,
      limit: PAGE_SIZE,
      tokenOf: (row) => {
        const { sort } = row;
        const sorted = isJsonArray(sort) ? instantOf(sort[0]) : lastMessage.valueOf(row);
        return sorted === undefined ? undefined : [sorted];
      },
      sharedTokens: true,
      after: ([startAfterDate = null]) => ({ startAfterDate }),
    },
  },
  columns: {
    contact_id: text(),
    type: text(),
    full_name: text(),
    contact_name: text(),
    company_name: text(),
    email: text(),
    phone: text(),
    assigned_to: text(),
    unread_count: integer(),
    starred: boolean(),
    attributed: boolean(),
    last_message_body: text(),
    last_message_type: text(),
    last_message_direction: text(),
    last_outbound_message_action: text(),
    is_last_message_internal_comment: boolean(),
    message_types: list(number()),
    tags: list(text()),
    followers: list(textOrJson()),
    mentions: list(textOrJson()),
    scoring: jsonText(),
    profile_photo: text(),
    last_manual_message_date: timestamp(),
    last_message_date: timestamp(),
    date_added: timestamp(),
    date_updated: timestamp(),
  },
});
