import type { JsonObject } from '../../../src/foundation/json.ts';
import type { Answer } from '../answers.ts';
import type { Call } from '../call.ts';
import { queryChoice, refuseUnknown, requireTexts } from '../parameters.ts';
import type { Route, RouteContext } from '../server.ts';
import { textOf } from '../text-of.ts';
import { openPoint, resumePoint, writeCursor } from './export-cursors.ts';
import { isBetween, pageSizeOf, queryInstant } from './query-values.ts';
import { comparePlaces, type PlacedRow, placeRows } from './sort-places.ts';

const PARAMETERS = [
  ...['locationId', 'limit', 'cursor', 'sortBy', 'sortOrder', 'channel'],
  ...['startDate', 'endDate', 'contactId', 'conversationId'],
];
const CHANNELS = ['Call', 'SMS', 'Email', 'WhatsApp', 'Instagram', 'Facebook'] as const;

/** Whether a message went through a channel; an activity that tells of one did not. */
const isOfChannel = ({ messageType }: JsonObject, channel: string): boolean => {
  const type = textOf(messageType);
  return !type.startsWith('TYPE_ACTIVITY') && type.includes(channel.toUpperCase());
};

const timeOf = (row: JsonObject, key: string): number | null => {
  const epochMs = Date.parse(textOf(row[key]));
  return Number.isNaN(epochMs) ? null : epochMs;
};

const messageMatcher = (call: Call): ((row: JsonObject) => boolean) => {
  const channel = queryChoice(call, 'channel', CHANNELS);
  const [after, before] = [queryInstant(call, 'startDate'), queryInstant(call, 'endDate')];
  const { contactId, conversationId } = call.query;
  return (row) =>
    // Who names no channel gets all of them but e-mail, and nothing says so.
    (channel === undefined ? !isOfChannel(row, 'Email') : isOfChannel(row, channel)) &&
    (contactId === undefined || row['contactId'] === contactId) &&
    (conversationId === undefined || row['conversationId'] === conversationId) &&
    isBetween(timeOf(row, 'dateAdded') ?? 0, after, before);
};

/** All that a cursor is bound to. */
const boundParameters = ({ query }: Call): string =>
  JSON.stringify(
    Object.entries(query)
      .filter(([name]) => name !== 'cursor')
      .sort(),
  );

const exportMessages = (context: RouteContext): Answer => {
  const { call, server, location } = context;
  refuseUnknown(call.query, PARAMETERS);
  requireTexts(call.query, ['locationId']);
  const size = pageSizeOf(context, { fallback: 100, least: 10, most: 500 });
  const sortBy = queryChoice(call, 'sortBy', ['createdAt', 'updatedAt']) ?? 'createdAt';
  const direction = queryChoice(call, 'sortOrder', ['asc', 'desc']) ?? 'desc';
  const sortKey = sortBy === 'createdAt' ? 'dateAdded' : 'dateUpdated';
  const matches = location().collection('messages').listed().filter(messageMatcher(call));
  const { cursor } = call.query;
  const parameters = boundParameters(call);
  const resumed = cursor === undefined ? undefined : resumePoint(server, parameters, cursor);
  const point = resumed?.point ?? openPoint(server, parameters, new Set(matches.map(({ id }) => textOf(id))));
  const rows = placeRows(matches, (row) => timeOf(row, sortKey), direction).filter(({ id }) =>
    point.rowIds.has(id),
  );
  const isBehind = (row: PlacedRow): boolean =>
    resumed === undefined || comparePlaces(row, resumed.place, direction) > 0;
  const page = rows.filter(isBehind).slice(0, size);
  const last = page.at(-1);
  return {
    status: 200,
    body: {
      messages: page.map(({ row }) => row),
      // Also after the last row: only an empty page says that there is no more.
      nextCursor: last === undefined ? null : writeCursor(server, point, last),
      total: server.knobs.reportedTotal(rows.length),
    },
  };
};

export const messageRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/conversations\/messages\/export$/,
    audience: 'location',
    scope: 'conversations/message.readonly',
    location: 'validated',
    handle: exportMessages,
  },
];
