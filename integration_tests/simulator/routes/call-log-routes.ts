import type { JsonObject } from '../../../src/foundation/json.ts';
import { isJsonArray, isJsonObject } from '../../../src/foundation/json.ts';
import { type Answer, refusal } from '../answers.ts';
import type { Call } from '../call.ts';
import { newestFirst, pageOf } from '../list-page.ts';
import { queryChoice, queryNumber, refuseUnknown, requireTexts } from '../parameters.ts';
import type { Route, RouteContext } from '../server.ts';
import { textOf } from '../text-of.ts';
import { isAmong, isBetween, queryEpochMs } from './query-values.ts';

const PARAMETERS = [
  ...['locationId', 'page', 'pageSize', 'startDate', 'endDate', 'sortBy', 'sort'],
  ...['agentId', 'contactId', 'callType', 'actionType'],
];

const windowOf = (call: Call): readonly [number | undefined, number | undefined] => {
  const [start, end] = [queryEpochMs(call, 'startDate'), queryEpochMs(call, 'endDate')];
  if ((start === undefined) !== (end === undefined))
    throw refusal(422, ['startDate and endDate must be provided together']);
  if (start !== undefined && end !== undefined && start >= end)
    throw refusal(422, ['startDate must be less than endDate']);
  return [start, end];
};

const hasAction = (call: Call, { executedCallActions }: JsonObject): boolean => {
  if (call.query['actionType'] === undefined) return true;
  const actions = isJsonArray(executedCallActions) ? executedCallActions : [];
  return actions.some(
    (action) => isJsonObject(action) && isAmong(call, 'actionType', textOf(action['actionType'])),
  );
};

const callLogMatcher = (call: Call): ((row: JsonObject) => boolean) => {
  const [after, before] = windowOf(call);
  const callType = queryChoice(call, 'callType', ['LIVE', 'TRIAL']);
  const { agentId } = call.query;
  return (row) =>
    isBetween(Date.parse(textOf(row['createdAt'])), after, before) &&
    (callType === undefined || (row['trialCall'] === true) === (callType === 'TRIAL')) &&
    (agentId === undefined || row['agentId'] === agentId) &&
    isAmong(call, 'contactId', textOf(row['contactId'])) &&
    hasAction(call, row);
};

/** Newest first, unless both a key and a direction say otherwise: a direction alone is passed over in silence. */
const sortedLogs = (call: Call, rows: readonly JsonObject[]): readonly JsonObject[] => {
  const sortBy = queryChoice(call, 'sortBy', ['duration', 'createdAt']);
  const direction = queryChoice(call, 'sort', ['ascend', 'descend']);
  const sign = sortBy !== undefined && direction === 'ascend' ? 1 : -1;
  const valueOf = (row: JsonObject): number =>
    sortBy === 'duration' ? Number(row['duration'] ?? 0) : Date.parse(textOf(row['createdAt']));
  return newestFirst(rows).toSorted((left, right) => sign * (valueOf(left) - valueOf(right)));
};

const listCallLogs = (context: RouteContext): Answer => {
  const { call, server, location } = context;
  refuseUnknown(call.query, PARAMETERS);
  requireTexts(call.query, ['locationId']);
  const page = queryNumber(call, 'page', { fallback: 1 });
  if (page < 1) throw refusal(422, ['page must not be less than 1']);
  const pageSize = queryNumber(call, 'pageSize', { fallback: 10, most: 50 });
  const matches = location().collection('voice_ai_call_logs').listed().filter(callLogMatcher(call));
  const paging = { limit: 'pageSize', skip: 'page', fallback: 10, most: 50, firstPage: 1 } as const;
  return {
    status: 200,
    body: {
      callLogs: pageOf(context, sortedLogs(call, matches), paging),
      total: server.knobs.reportedTotal(matches.length),
      page,
      pageSize,
    },
  };
};

export const callLogRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/voice-ai\/dashboard\/call-logs$/,
    audience: 'location',
    scope: 'voice-ai-dashboard.readonly',
    location: 'validated',
    handle: listCallLogs,
  },
];
