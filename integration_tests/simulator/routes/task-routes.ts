import type { JsonObject, JsonValue } from '../../../src/foundation/json.ts';
import { isJsonArray } from '../../../src/foundation/json.ts';
import type { Answer } from '../answers.ts';
import { timeOf } from '../field-spec.ts';
import { newestFirst } from '../list-page.ts';
import { refuseUnknown } from '../parameters.ts';
import { hashOfText } from '../random.ts';
import type { Route, RouteContext } from '../server.ts';
import { textOf } from '../text-of.ts';
import type { LocationState } from '../world.ts';
import { checkedBody, isFlag, isListOfTexts, isText, isWholeNumber } from './body-parameters.ts';

const LARGEST_PAGE = 100;
const DEFAULT_PAGE = 25;
const CHECKS = {
  contactId: isListOfTexts,
  completed: isFlag,
  assignedTo: isListOfTexts,
  query: isText,
  limit: isWholeNumber({ least: 1, most: LARGEST_PAGE }),
  skip: isWholeNumber({ least: 0 }),
  businessId: isText,
};

const isAmong = (list: JsonValue | undefined, value: JsonValue | undefined): boolean =>
  !isJsonArray(list) || list.some((item) => item === value);

const isAsked = (body: JsonObject, row: JsonObject, { contacts }: LocationState): boolean => {
  const { contactId, completed, assignedTo, query, businessId } = body;
  // Without `completed` only what is still to be done comes back, and nothing says so.
  if (row['completed'] !== (completed ?? false)) return false;
  if (!isAmong(contactId, row['contactId']) || !isAmong(assignedTo, row['assignedTo'])) return false;
  if (!textOf(row['title']).toLowerCase().includes(textOf(query).toLowerCase())) return false;
  return businessId === undefined || contacts.find(textOf(row['contactId']))?.['businessId'] === businessId;
};

/** Half of the tasks call their id `_id`: which ones is theirs for good. */
const answered = ({ id = null, ...row }: JsonObject): JsonObject => ({
  [hashOfText(textOf(id)) % 2 === 1 ? '_id' : 'id']: id,
  ...row,
  searchAfter: [timeOf(row['dateAdded']), id],
});

const searchTasks = (context: RouteContext): Answer => {
  const { call, server, location } = context;
  refuseUnknown(call.query, []);
  const body = checkedBody(context, CHECKS);
  const limit = Number(body['limit'] ?? DEFAULT_PAGE);
  const size = Math.min(limit, server.knobs.silentPageSize ?? limit);
  const skip = Number(body['skip'] ?? 0);
  const state = location();
  const rows = newestFirst(state.collection('tasks').listed()).filter((row) => isAsked(body, row, state));
  return { status: 201, body: { tasks: rows.slice(skip, skip + size).map(answered) } };
};

export const taskRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: /^\/locations\/[^/]+\/tasks\/search$/,
    audience: 'location',
    scope: 'locations/tasks.readonly',
    location: 'required',
    handle: searchTasks,
  },
];
