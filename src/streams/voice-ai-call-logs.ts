import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../foundation/json.ts';
import { boolean, list, map, number, object, text, timestamp } from '../stream/columns.ts';
import { daysToMs } from '../stream/days.ts';
import { defineStream } from '../stream/definition.ts';
import { endpoint } from '../stream/endpoint.ts';
import { numberedPages } from '../stream/paginators.ts';
import { rowTime } from '../stream/row-time.ts';
import { listAt } from '../stream/selectors.ts';
import { epochBounds } from './bounds.ts';
import { windowOf } from './location-slice.ts';

const without = (value: JsonObject, keys: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));

/** An action that calls another service carries what it signs in with, under names that do not say so. */
const withoutSignIn = (action: JsonValue): JsonValue => {
  if (!isJsonObject(action)) return action;
  const { actionParameters } = action;
  if (!isJsonObject(actionParameters) || !isJsonObject(actionParameters['apiDetails'])) return action;
  const apiDetails = without(actionParameters['apiDetails'], ['authenticationValue', 'headers']);
  return { ...action, actionParameters: { ...actionParameters, apiDetails } };
};

const withSafeActions = (row: JsonObject): JsonObject => {
  const { executedCallActions } = row;
  return isJsonArray(executedCallActions)
    ? { ...row, executedCallActions: executedCallActions.map(withoutSignIn) }
    : row;
};

/** https://marketplace.gohighlevel.com/docs/ghl/voice-ai/get-call-logs */
export const voiceAiCallLogs = defineStream({
  name: 'voice_ai_call_logs',
  description: 'Calls that the Voice AI agents of a location answered, with their summaries and transcripts.',
  scope: 'voice-ai-dashboard.readonly',
  notes: [
    'Trial calls are among them: `trial_call` tells.',
    'Of actions that call another service, the headers and the authentication value are left out.',
  ],
  prepare: withSafeActions,
  retrieval: {
    kind: 'windows',
    endpoint: endpoint({
      version: '2021-04-15',
      request: (slice) => ({
        path: '/voice-ai/dashboard/call-logs',
        parameters: {
          locationId: slice.locationId,
          // Newest first: a call that comes meanwhile then makes up for none that went away, and the count tells.
          sortBy: 'createdAt',
          sort: 'descend',
          ...epochBounds(windowOf(slice), ['startDate', 'endDate'], daysToMs(1)),
        },
      }),
      select: listAt('callLogs'),
      paginator: numberedPages({ limit: 50, limitName: 'pageSize' }),
    }),
    by: rowTime('created_at', 'createdAt'),
    trailingDays: 3,
    shortestMs: daysToMs(1),
    mostRows: 2_000,
  },
  columns: {
    contact_id: text(),
    agent_id: text(),
    is_agent_deleted: boolean(),
    message_id: text(),
    from_number: text(),
    duration: number(),
    trial_call: boolean(),
    summary: text(),
    transcript: text(),
    executed_call_actions: list(
      object({
        action_id: text(),
        action_type: text(),
        action_name: text(),
        action_parameters: map(),
        trigger_received_at: timestamp(),
        executed_at: timestamp(),
      }),
    ),
    extracted_data: map(),
    translation: object({ enabled: boolean(), language: text() }),
    created_at: timestamp(),
  },
});
