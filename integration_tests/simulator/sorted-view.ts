import type { JsonObject } from '../../src/foundation/json.ts';
import { type FieldSpec, timeOf } from './field-spec.ts';
import type { Matcher, RowSource } from './filters.ts';
import { firstBehind } from './first-behind.ts';
import type { TimeBounds } from './time-bounds.ts';

export type SortValue = number | string | null;

export interface SortKey {
  readonly field: FieldSpec;
  readonly descending: boolean;
}

export interface SearchQuery {
  /** The same for the same filters and sort, and only for them. */
  readonly signature: string;
  /** The same for the same sort, and only for it. */
  readonly order: string;
  /** Of the time that is sorted by, where that is ascending: rows outside need not be tried. */
  readonly bounds: TimeBounds | undefined;
  readonly matches: Matcher | undefined;
  readonly sort: readonly SortKey[];
}

export interface Order {
  /** Another number whenever any row may have changed. */
  readonly version: () => number;
}

/** All rows a query matches, in its order, as the index knows them now. */
export interface View {
  readonly size: () => number;
  readonly rowAt: (position: number) => JsonObject;
  /** The sort values and the tie-breaker: what `search_after` of Elasticsearch compares. */
  readonly tokenAt: (position: number) => readonly SortValue[];
  /** Names the rows from `start` to `end` (excluded), for whoever keeps them together with `order`. */
  readonly nameOf: (start: number, end: number) => string;
  /** The same object for all views of the same rows in the same order. */
  readonly order: Order;
  /** The first position strictly behind the token. */
  readonly after: (token: readonly SortValue[]) => number;
}

/** Rows in an order that others are to be put into, all that may be among them. */
export interface Sorted {
  readonly ordinals: readonly number[];
  readonly order: Order;
}

/** `remove` before a row changes, `insert` afterwards. */
export interface SortedView extends View {
  /** The ordinals in order, all or those within the bounds of the time that the view is sorted by, ascending. */
  readonly ordinals: (bounds: TimeBounds | undefined) => readonly number[];
  readonly remove: (ordinal: number) => void;
  readonly insert: (ordinal: number) => void;
}

/** Missing values come last in both directions, as Elasticsearch does by default. */
const compareValues = (left: SortValue, right: SortValue, descending: boolean): number => {
  if (left === null || right === null) return Number(left === null) - Number(right === null);
  if (left === right) return 0;
  return left < right === descending ? 1 : -1;
};

const textOrNumber = (value: unknown): SortValue => {
  if (typeof value === 'number' || typeof value === 'string') return value;
  return typeof value === 'boolean' ? Number(value) : null;
};

/** What a view sorts by, without making the rows where it can be helped. */
export interface Columns extends RowSource {
  readonly tie: (ordinal: number) => string;
  readonly exists: (ordinal: number) => boolean;
  readonly size: () => number;
}

interface SortValues {
  readonly of: (field: FieldSpec, ordinal: number) => SortValue;
  readonly forget: (ordinal: number) => void;
}

/** Values of fields other than the two times are read from the rows once and remembered. */
const createSortValues = (columns: Columns): SortValues => {
  const remembered = new Map<FieldSpec, Map<number, SortValue>>();
  const read = ({ time, read: readField, type }: FieldSpec, ordinal: number): SortValue => {
    if (time !== undefined) {
      const value = columns.time(ordinal, time);
      return Number.isNaN(value) ? null : value;
    }
    const value = readField(columns.row(ordinal));
    return type === 'date' ? textOrNumber(timeOf(value) || null) : textOrNumber(value);
  };
  return {
    of: (field: FieldSpec, ordinal: number): SortValue => {
      if (field.time !== undefined) return read(field, ordinal);
      const values = remembered.get(field) ?? new Map<number, SortValue>();
      remembered.set(field, values);
      const known = values.get(ordinal);
      if (known !== undefined) return known;
      const value = read(field, ordinal);
      values.set(ordinal, value);
      return value;
    },
    forget: (ordinal: number) => {
      for (const values of remembered.values()) values.delete(ordinal);
    },
  };
};

/** How rows compare with each other and with a token, whose values stand in the order of the sort. */
const createOrder = (columns: Columns, sort: readonly SortKey[], values: SortValues) => {
  const [first] = sort;
  const primaryTime = first?.field.time;
  const primarySign = first?.descending === true ? -1 : 1;
  return {
    compare: (left: number, right: number): number => {
      if (primaryTime !== undefined) {
        // Most pairs are told apart here; NaN, which stands for a missing time, falls through.
        const apart = columns.time(left, primaryTime) - columns.time(right, primaryTime);
        if (apart > 0 || apart < 0) return apart * primarySign;
      }
      for (const { field, descending } of sort) {
        const order = compareValues(values.of(field, left), values.of(field, right), descending);
        if (order !== 0) return order;
      }
      return compareValues(columns.tie(left), columns.tie(right), false);
    },
    compareWithToken: (ordinal: number, token: readonly SortValue[]): number => {
      for (const [at, { field, descending }] of sort.entries()) {
        const order = compareValues(values.of(field, ordinal), token[at] ?? null, descending);
        if (order !== 0) return order;
      }
      return compareValues(columns.tie(ordinal), token[sort.length] ?? null, false);
    },
  };
};

/** The part of an ascending order whose times lie in the bounds. Rows without a time come last, and lie in none. */
const within = (
  ordinals: readonly number[],
  timeAt: (ordinal: number) => number,
  { from, to }: TimeBounds,
): readonly number[] => {
  const firstWhere = (isBehind: (time: number) => boolean): number =>
    firstBehind(ordinals.length, (position) => {
      const time = timeAt(ordinals[position] ?? Number.NaN);
      return Number.isNaN(time) || isBehind(time);
    });
  return ordinals.slice(
    firstWhere((time) => time >= from),
    firstWhere((time) => time > to),
  );
};

const allOrdinals = ({ size }: Columns): readonly number[] =>
  Array.from({ length: size() }, (_, ordinal) => ordinal);

/**
 * The rows a query matches, sorted once and then kept sorted by taking changed rows out and putting them back.
 * @param sorted by the query's sort, with all rows that match among them; nothing is sorted then
 */
export const createSortedView = (
  columns: Columns,
  { matches, sort }: Pick<SearchQuery, 'matches' | 'sort'>,
  sorted?: Sorted,
): SortedView => {
  const values = createSortValues(columns);
  const { compare, compareWithToken } = createOrder(columns, sort, values);
  const isMatch = (ordinal: number): boolean =>
    columns.exists(ordinal) && (matches === undefined || matches(columns, ordinal));
  const ordinals = (sorted?.ordinals ?? allOrdinals(columns)).filter(isMatch);
  if (sorted === undefined) ordinals.sort(compare);
  let version = 0;
  const primaryTime = sort[0]?.field.time;
  const timeOfKey = (ordinal: number): number =>
    primaryTime === undefined ? Number.NaN : columns.time(ordinal, primaryTime);
  const ordinalAt = (position: number): number => {
    const ordinal = ordinals[position];
    if (ordinal === undefined) throw new RangeError(`There is no row at ${position}.`);
    return ordinal;
  };
  return {
    ordinals: (bounds) => (bounds === undefined ? ordinals : within(ordinals, timeOfKey, bounds)),
    size: () => ordinals.length,
    order: sorted?.order ?? { version: () => version },
    nameOf: (start, end) => ordinals.slice(start, end).join(' '),
    rowAt: (position) => columns.row(ordinalAt(position)),
    tokenAt: (position) => {
      const ordinal = ordinalAt(position);
      return [...sort.map(({ field }) => values.of(field, ordinal)), columns.tie(ordinal)];
    },
    after: (token) =>
      firstBehind(ordinals.length, (position) => compareWithToken(ordinalAt(position), token) > 0),
    remove: (ordinal) => {
      version += 1;
      values.forget(ordinal);
      const position = ordinals.indexOf(ordinal);
      if (position >= 0) ordinals.splice(position, 1);
    },
    insert: (ordinal) => {
      if (!isMatch(ordinal)) return;
      const position = firstBehind(ordinals.length, (at) => compare(ordinalAt(at), ordinal) > 0);
      ordinals.splice(position, 0, ordinal);
    },
  };
};
