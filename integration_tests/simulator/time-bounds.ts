import type { JsonObject, JsonValue } from '../../src/foundation/json.ts';
import { isJsonArray, isJsonObject } from '../../src/foundation/json.ts';
import { type Dialect, type TimeKey, timeOf } from './field-spec.ts';

/** Epoch milliseconds, both included: no row outside matches, though not every row inside has to. */
export interface TimeBounds {
  readonly from: number;
  readonly to: number;
}

const most = (range: JsonObject, keys: readonly string[], pick: (...values: number[]) => number): number =>
  pick(...keys.map((key) => timeOf(range[key])).filter((time) => !Number.isNaN(time)));

const isRangeOf = (filter: JsonObject, key: TimeKey, dialect: Dialect): boolean => {
  const { field, operator } = filter;
  return operator === 'range' && typeof field === 'string' && dialect.field(field)?.time === key;
};

/** What the filters that every row has to pass say of one of its times, if anything: rows without it may match if not. */
export const timeBoundsOf = (
  filters: JsonValue | undefined,
  key: TimeKey,
  dialect: Dialect,
): TimeBounds | undefined => {
  const ranges = (isJsonArray(filters) ? filters : [])
    .filter((filter) => isJsonObject(filter) && isRangeOf(filter, key, dialect))
    .map((filter) => (isJsonObject(filter) ? filter['value'] : undefined))
    .filter((value) => isJsonObject(value));
  if (ranges.length === 0) return undefined;
  return {
    from: Math.max(...ranges.map((range) => most(range, ['gt', 'gte'], Math.max))),
    to: Math.min(...ranges.map((range) => most(range, ['lt', 'lte'], Math.min))),
  };
};
