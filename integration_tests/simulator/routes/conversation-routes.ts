import type { JsonObject, JsonValue } from '../../../src/foundation/json.ts';
import { isJsonArray, isJsonObject } from '../../../src/foundation/json.ts';
import { type Answer, refusal } from '../answers.ts';
import type { Call } from '../call.ts';
import { queryChoice, refuseUnknown, requireTexts } from '../parameters.ts';
import type { Route, RouteContext } from '../server.ts';
import { textOf } from '../text-of.ts';
import { callLogRoutes } from './call-log-routes.ts';
import { messageRoutes } from './message-routes.ts';
import { isAmong, isBetween, pageSizeOf, queryEpochMs } from './query-values.ts';
import { placeRows } from './sort-places.ts';

const NOT_SIMULATED = ['sortScoreProfile', 'scoreProfile', 'scoreProfileMin', 'scoreProfileMax'];
const PARAMETERS = [
  ...['locationId', 'limit', 'sortBy', 'sort', 'startAfterDate', 'startDate', 'endDate'],
  ...['id', 'contactId', 'assignedTo', 'followers', 'mentions', 'query', 'status'],
  ...['lastMessageType', 'lastMessageDirection', 'lastMessageAction'],
  ...NOT_SIMULATED,
];
const STATUSES = ['all', 'read', 'unread', 'starred', 'recents'] as const;
const SEARCHED = ['fullName', 'contactName', 'companyName', 'email', 'phone'];
const MESSAGE_TYPE_SHAPE = /^TYPE_[A-Z]+(_[A-Z]+)*$/;

type Matches = (row: JsonObject) => boolean;

const numberOf = (value: JsonValue | undefined): number | null => (typeof value === 'number' ? value : null);

const scoreOf = ({ scoring }: JsonObject): number | null => {
  const first = isJsonArray(scoring) ? scoring[0] : undefined;
  return isJsonObject(first) ? numberOf(first['score']) : null;
};

const SORTS = ['last_message_date', 'last_manual_message_date', 'score_profile'] as const;
const SORT_VALUES: Readonly<Record<(typeof SORTS)[number], (row: JsonObject) => number | null>> = {
  ['last_message_date']: (row) => numberOf(row['lastMessageDate']),
  ['last_manual_message_date']: (row) => numberOf(row['lastManualMessageDate']),
  ['score_profile']: scoreOf,
};

const statusMatcher = (call: Call): Matches => {
  const status = queryChoice(call, 'status', STATUSES);
  const isUnread = ({ unreadCount }: JsonObject): boolean => numberOf(unreadCount) !== 0;
  if (status === 'unread') return isUnread;
  if (status === 'read') return (row) => !isUnread(row);
  return ({ starred }) => status !== 'starred' || starred === true;
};

/** Parameters that a key of the row has to equal. */
const equalMatcher = (call: Call): Matches => {
  const direction = queryChoice(call, 'lastMessageDirection', ['inbound', 'outbound']);
  const action = queryChoice(call, 'lastMessageAction', ['automated', 'manual']);
  const { id, contactId, lastMessageType } = call.query;
  if (lastMessageType !== undefined && !MESSAGE_TYPE_SHAPE.test(lastMessageType))
    throw refusal(422, ['lastMessageType must be a valid enum value']);
  const wanted = Object.entries({
    id,
    contactId,
    lastMessageType,
    lastMessageDirection: direction,
    lastOutboundMessageAction: action,
  }).filter(([, value]) => value !== undefined);
  return (row) => wanted.every(([key, value]) => row[key] === value);
};

const peopleMatcher =
  (call: Call): Matches =>
  (row) => {
    const assigned = textOf(row['assignedTo']);
    const isListed = (name: string): boolean => {
      const people = row[name];
      if (call.query[name] === undefined) return true;
      return isJsonArray(people) && people.some((person) => isAmong(call, name, textOf(person)));
    };
    return (
      isAmong(call, 'assignedTo', assigned === '' ? 'unassigned' : assigned) &&
      isListed('followers') &&
      isListed('mentions')
    );
  };

const conversationMatcher = (call: Call): Matches => {
  const [after, before] = [queryEpochMs(call, 'startDate'), queryEpochMs(call, 'endDate')];
  const text = (call.query['query'] ?? '').toLowerCase();
  const matchers: readonly Matches[] = [
    statusMatcher(call),
    equalMatcher(call),
    peopleMatcher(call),
    (row) => isBetween(numberOf(row['dateAdded']) ?? 0, after, before),
    (row) => SEARCHED.some((key) => textOf(row[key]).toLowerCase().includes(text)),
  ];
  return (row) => matchers.every((matches) => matches(row));
};

const searchConversations = (context: RouteContext): Answer => {
  const { call, server, location } = context;
  refuseUnknown(call.query, PARAMETERS);
  requireTexts(call.query, ['locationId']);
  if (NOT_SIMULATED.some((name) => name in call.query))
    throw refusal(400, 'Score profiles are not part of this simulation.');
  const size = pageSizeOf(context, { fallback: 20, most: 100 });
  const valueOf = SORT_VALUES[queryChoice(call, 'sortBy', SORTS) ?? 'last_message_date'];
  const asked = queryChoice(call, 'sort', ['asc', 'desc']) ?? 'desc';
  const direction = server.knobs.descentOrder === 'oldest_first' ? 'asc' : asked;
  const after = queryEpochMs(call, 'startAfterDate');
  const matches = location().collection('conversations').listed().filter(conversationMatcher(call));
  // A value and no id to go on from: rows that tie with the last one of a page are behind it and lost, while rows
  // without a value are behind every value.
  const isBehind = (value: number | null): boolean => {
    if (after === undefined || value === null) return true;
    return direction === 'asc' ? value > after : value < after;
  };
  const rows = placeRows(matches, valueOf, direction).filter(({ value }) => isBehind(value));
  return {
    status: 200,
    body: {
      conversations: rows.slice(0, size).map(({ row, value }) => ({ ...row, sort: [value] })),
      total: server.knobs.reportedTotal(matches.length),
    },
  };
};

export const conversationRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/conversations\/search$/,
    audience: 'location',
    scope: 'conversations.readonly',
    location: 'validated',
    handle: searchConversations,
  },
  ...messageRoutes,
  ...callLogRoutes,
];
