import { isJsonArray, type JsonObject } from '../foundation/json.ts';
import { instantOf } from '../stream/row-time.ts';
import type { PageToken, SearchKey } from '../stream/definition.ts';

/** The token of the page that begins after the row, under whichever name the search gives it. */
export const tokenOf = ({ searchAfter, sort }: JsonObject): PageToken | undefined => {
  if (isJsonArray(searchAfter)) return searchAfter;
  return isJsonArray(sort) ? sort : undefined;
};

/** What the index sorted the row by; the row itself may be newer, because it is shown as it is and not as it was indexed. */
const sortValue = (row: JsonObject): number | undefined => {
  const first = tokenOf(row)?.[0];
  return typeof first === 'number' ? first : undefined;
};

/**
 * A key of a search: sorted by what the index says, and claimed by the smaller of that and what the row says.
 * @param column in our records and states
 * @param field in the API's filters and sorts
 * @param apiName in the API's rows
 */
export const searchKey = (column: string, field: string, apiName: string): SearchKey => ({
  column,
  field,
  orderOf: (row) => sortValue(row) ?? instantOf(row[apiName]),
  valueOf: (row) => {
    const value = instantOf(row[apiName]);
    const sorted = sortValue(row);
    return value === undefined || sorted === undefined ? value : Math.min(value, sorted);
  },
});
