import type { JsonObject, JsonValue } from '../../../src/foundation/json.ts';
import { isJsonArray, isJsonObject } from '../../../src/foundation/json.ts';
import { type Answer, refusal } from '../answers.ts';
import { timeOf } from '../field-spec.ts';
import { refuseUnknown } from '../parameters.ts';
import type { Route, RouteContext } from '../server.ts';
import { textOf } from '../text-of.ts';
import type { LocationState } from '../world.ts';
import { checkedBody, isFilledText, isList, isText, isWholeNumber } from './body-parameters.ts';

/** Filters and sorts are let in, and change nothing. */
const CHECKS = {
  locationId: isFilledText,
  page: isWholeNumber({ least: 1 }),
  pageLimit: isWholeNumber({ least: 1, most: 100 }),
  query: isText,
  searchAfter: isList,
  filters: isList,
  sort: isList,
};
const REQUIRED = ['locationId', 'page', 'pageLimit', 'query', 'searchAfter'];

/** Where a record stands: its time of creation, and among those of one millisecond its id. */
type Position = readonly [createdAt: number, id: string];

const positionOf = (row: JsonObject): Position => [timeOf(row['createdAt']), textOf(row['id'])];

/** Newest first, then by id. */
const inOrder = ([leftAt, leftId]: Position, [rightAt, rightId]: Position): number => {
  if (leftAt !== rightAt) return rightAt - leftAt;
  if (leftId === rightId) return 0;
  return leftId < rightId ? -1 : 1;
};

const parseToken = (token: JsonValue | undefined): Position | undefined => {
  if (!isJsonArray(token) || token.length === 0) return undefined;
  const [createdAt, id] = token;
  if (token.length !== 2 || typeof createdAt !== 'number' || typeof id !== 'string')
    throw refusal(400, 'Invalid searchAfter');
  return [createdAt, id];
};

/** Standard objects have their own endpoints: here they are as unknown as what does not exist. */
const checkSchema = ({ collection }: LocationState, key: string): void => {
  const schemas = collection('object_schemas').listed();
  if (!schemas.some((row) => row['key'] === key && row['standard'] !== true))
    throw refusal(400, 'Object schema not found');
};

const holds = ({ properties }: JsonObject, text: string): boolean => {
  const values = isJsonObject(properties) ? Object.values(properties) : [];
  return text === '' || values.some((value) => textOf(value).toLowerCase().includes(text));
};

/** Tokens go on behind a row, wherever it is now; pages count from the top, and end at the window. */
const startOf = ({ server }: RouteContext, body: JsonObject, rows: readonly JsonObject[]): number => {
  const { silentPageSize, pageWindow } = server.knobs;
  const [page, limit] = [Number(body['page']), Number(body['pageLimit'])];
  const token = parseToken(body['searchAfter']);
  if (token !== undefined) {
    const at = rows.findIndex((row) => inOrder(token, positionOf(row)) < 0);
    return at === -1 ? rows.length : at;
  }
  if (page * limit > pageWindow)
    throw refusal(400, `Only the first ${pageWindow} records can be reached by page, use searchAfter`);
  return (page - 1) * Math.min(limit, silentPageSize ?? limit);
};

const searchRecords = (context: RouteContext): Answer => {
  const { call, server, location } = context;
  const { silentPageSize, reportedTotal } = server.knobs;
  refuseUnknown(call.query, []);
  const body = checkedBody(context, CHECKS, REQUIRED);
  const key = call.path.split('/')[2] ?? '';
  checkSchema(location(), key);
  const query = textOf(body['query']).toLowerCase();
  const rows = location()
    .collection('object_records')
    .listed()
    .filter((row) => row['objectKey'] === key && holds(row, query))
    .toSorted((left, right) => inOrder(positionOf(left), positionOf(right)));
  const start = startOf(context, body, rows);
  const limit = Number(body['pageLimit']);
  const records = rows
    .slice(start, start + Math.min(limit, silentPageSize ?? limit))
    .map((row) => ({ ...row, searchAfter: positionOf(row) }));
  return { status: 201, body: { records, total: reportedTotal(rows.length) } };
};

export const recordRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: /^\/objects\/[^/]+\/records\/search$/,
    audience: 'location',
    scope: 'objects/record.readonly',
    location: 'validated',
    handle: searchRecords,
  },
];
