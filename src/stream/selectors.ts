import { streamError } from './stream-errors.ts';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../foundation/json.ts';

/** An answer's rows as the API wrote them, and what the answer says about the whole. */
export interface RowsOfAnswer {
  readonly rows: readonly JsonObject[];
  /** Matches of the request's filter, if the answer says so. */
  readonly total: number | undefined;
}

/** Finds the rows of an answer. @throws ConnectorError when the answer is not of the expected shape */
export type Select = (body: JsonValue) => RowsOfAnswer;

const numberIn = (value: JsonValue | undefined): number | undefined => {
  if (typeof value === 'number') return value;
  if (!isJsonArray(value)) return undefined;
  const [first] = value;
  return numberIn(isJsonObject(first) ? first['total'] : first);
};

/** Under `total` (a number, or products' `[{ "total": 5 }]`), payments' `totalCount`, or submissions' `meta.total`. */
const totalOf = (body: JsonObject): number | undefined =>
  numberIn(body['total']) ??
  numberIn(body['totalCount']) ??
  (isJsonObject(body['meta']) ? numberIn(body['meta']['total']) : undefined);

/** The rows of a list. @throws ConnectorError for an element that is no object: to pass over it would be to lose it in silence */
export const rowsOf = (list: readonly JsonValue[], name: string): readonly JsonObject[] => {
  const rows = list.filter(isJsonObject);
  if (rows.length !== list.length) {
    throw streamError('row_malformed', { list: name });
  }
  return rows;
};

/** There is no list of this name where one has to be. */
export const noList = (name: string): Error => streamError('list_missing', { list: name });

/**
 * Selects the list under `key`. A missing list or an element that is no object is an error: to pass over it would be to
 * lose rows in silence.
 */
export const listAt =
  (key: string): Select =>
  (body) => {
    const list = isJsonObject(body) ? body[key] : undefined;
    if (!isJsonObject(body) || !isJsonArray(list)) throw noList(key);
    return { rows: rowsOf(list, key), total: totalOf(body) };
  };

/** Selects the list under `key`, or the answer itself if it is a bare list: for endpoints whose shape is not documented. */
export const listAtOrBare =
  (key: string): Select =>
  (body) =>
    isJsonArray(body) ? { rows: rowsOf(body, key), total: undefined } : listAt(key)(body);

/** Takes an answer that is one row. */
export const oneRow: Select = (body) => {
  if (!isJsonObject(body)) throw streamError('answer_malformed', {});
  return { rows: [body], total: undefined };
};
