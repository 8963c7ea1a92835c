import type { JsonObject, JsonValue } from '../foundation/json.ts';
import { toEpochMs } from './convert.ts';
import type { RowTime } from './definition.ts';

/** The instants that a date can be made of. */
const LARGEST_MS = 8.64e15;

/** Epoch milliseconds of a value of the API, whichever way it writes the instant. */
export const instantOf = (raw: JsonValue | undefined): number | undefined => {
  const epochMs = raw === undefined || raw === null ? undefined : toEpochMs(raw);
  return typeof epochMs === 'number' && Math.abs(epochMs) <= LARGEST_MS ? epochMs : undefined;
};

/**
 * A time of a row.
 * @param column in our records and states
 * @param apiNames in the API's rows; the first that is there counts
 */
export const rowTime = (column: string, ...apiNames: readonly string[]): RowTime => ({
  column,
  valueOf: (row: JsonObject) =>
    apiNames.map((name) => instantOf(row[name])).find((epochMs) => epochMs !== undefined),
});
