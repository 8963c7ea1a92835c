import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  textAt,
} from '../../src/foundation/json.ts';
import { hashOfText } from '../simulator/random.ts';

const idOf = (value: JsonValue): string | undefined =>
  isJsonObject(value) ? (textAt(value, 'id') ?? textAt(value, '_id')) : undefined;

/** One in so many rows is hidden. */
const SHARE = 6;

const isHidden = (value: JsonValue): boolean => {
  const id = idOf(value);
  return id !== undefined && hashOfText(id) % SHARE === 0;
};

const isCount = (value: JsonValue | undefined): boolean =>
  typeof value === 'number' ||
  (isJsonArray(value) &&
    value.some((item) => typeof item === 'number' || (isJsonObject(item) && 'total' in item)));

/** Whether the answer says how many rows there are: nobody could notice otherwise. */
const isCounted = ({ total, totalCount, meta }: JsonObject): boolean =>
  isCount(total) || isCount(totalCount) || (isJsonObject(meta) && isCount(meta['total']));

/** The answer without some of its rows, which it still counts. */
export const thin = (body: JsonValue): JsonValue => {
  if (!isJsonObject(body) || !isCounted(body)) return body;
  const entries = Object.entries(body).map(([name, value]): [string, JsonValue] => [
    name,
    isJsonArray(value) ? value.filter((item) => !isHidden(item)) : value,
  ]);
  return Object.fromEntries(entries);
};
