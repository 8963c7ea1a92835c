import type { FieldChange, RecordData } from '../protocol/messages.ts';
import type { JsonObject, JsonValue } from '../foundation/json.ts';
import { ADDITIONAL_FIELDS, camelCase, type Column, type Columns } from './columns.ts';
import { isCredentialKey, withoutCredentials } from './credential-keys.ts';

/** A row of the API as a record of the stream. */
export interface NormalisedRecord {
  readonly data: RecordData;
  /** The columns that were emptied because their value did not fit; empty for nearly every row. */
  readonly changes: readonly FieldChange[];
}

export type Normalise = (raw: JsonObject, fixed: JsonObject) => NormalisedRecord;

interface NormaliserOptions {
  readonly columns: Columns;
  /** Keys of the API's rows that are no data of theirs: paging, internals. */
  readonly ignoredKeys: readonly string[];
  readonly additionalFields: 'keep' | 'drop';
  /** Columns the user selected; undefined means all. */
  readonly selected: ReadonlySet<string> | undefined;
}

interface PlannedColumn {
  readonly name: string;
  readonly convert: Column['convert'];
  readonly from: readonly string[];
}

/** What is done with the keys of a row. */
interface Plan {
  /** By the API's name; undefined for keys that are not read where they stand. */
  readonly byKey: ReadonlyMap<string, PlannedColumn | undefined>;
  /** Columns that come under several names, or share one. */
  readonly others: readonly PlannedColumn[];
}

type Entry = readonly [string, JsonValue];

/** What is made of a row. */
interface Draft {
  readonly data: Record<string, JsonValue | undefined>;
  /** What no column took, by the API's names. */
  readonly rest: Entry[];
  readonly changes: FieldChange[];
}

/** The API name whose value the column takes: the first that is there and not null, else the first that is there. */
const sourceOf = (raw: JsonObject, from: readonly string[]): string | undefined => {
  let empty: string | undefined;
  for (const name of from) {
    const value = raw[name];
    if (value === null) empty ??= name;
    else if (value !== undefined) return name;
  }
  return empty;
};

/** Gathers the other names of a column that carry another value: none of it may be lost. */
const addUnread = (rest: Entry[], raw: JsonObject, { from }: PlannedColumn, source: string): void => {
  for (const name of from) {
    const value = raw[name];
    if (name === source || value === undefined || value === null || value === raw[source]) continue;
    rest.push([name, value]);
  }
};

/**
 * A record without values, whose copies are records to be filled. Made by JSON.parse, because V8 keeps what it makes in a
 * form that is faster to fill and to print than an object which gets its keys one by one.
 */
const blankRecord = (names: readonly string[]): RecordData => {
  const nulls = JSON.stringify(Object.fromEntries(names.map((name) => [name, null])));
  const blank = JSON.parse(nulls) as Draft['data'];
  for (const name of names) blank[name] = undefined;
  return blank;
};

/** What no column took. `fromEntries` defines properties, so a key named `__proto__` stays a key. */
const additional = (entries: readonly Entry[]): JsonValue | undefined => {
  const kept = entries.filter(([key]) => !isCredentialKey(key));
  return kept.length === 0 ? undefined : withoutCredentials(Object.fromEntries(kept));
};

const planOf = (
  { columns, ignoredKeys }: Pick<NormaliserOptions, 'columns' | 'ignoredKeys'>,
  isSelected: (name: string) => boolean,
): Plan => {
  const planned = Object.entries(columns).map(
    ([name, { convert, from = [camelCase(name)] }]): PlannedColumn => {
      return { name, convert, from };
    },
  );
  const known = planned.flatMap(({ from }) => from);
  const isAlone = ({ from: [only, ...more] }: PlannedColumn): boolean =>
    more.length === 0 && known.filter((name) => name === only).length === 1;
  const emitted = planned.filter(({ name }) => isSelected(name));
  return {
    byKey: new Map<string, PlannedColumn | undefined>([
      ...[...ignoredKeys, ...known].map((key) => [key, undefined] as const),
      ...emitted.filter(isAlone).flatMap((column) => column.from.map((key) => [key, column] as const)),
    ]),
    others: emitted.filter((column) => !isAlone(column)),
  };
};

/**
 * Compiles the columns of a stream into a function from a row of the API to a record that fits the schema. Nothing is
 * lost on the way: what no column declares, and what does not fit its column, goes into `additional_fields` under the
 * API's name. Only paging keys and credential-like keys are left out.
 */
export const createNormaliser = (options: NormaliserOptions): Normalise => {
  const { columns, ignoredKeys, additionalFields, selected } = options;
  const isSelected = (name: string): boolean => selected === undefined || selected.has(name);
  const { byKey, others } = planOf({ columns, ignoredKeys }, isSelected);
  const keepsRest = additionalFields === 'keep' && isSelected(ADDITIONAL_FIELDS);
  const blank = blankRecord([...Object.keys(columns), ADDITIONAL_FIELDS].filter(isSelected));
  let unfit = 0;
  const onUnfit = (): void => {
    unfit += 1;
  };

  /** Fills a column. Every value of every row goes through here, so that nothing is made for each. */
  const take = (
    { data, rest, changes }: Draft,
    { name, convert }: PlannedColumn,
    source: string,
    raw: JsonValue,
  ): void => {
    const unfitBefore = unfit;
    const value = raw === null ? null : convert(raw, onUnfit);
    data[name] = value ?? null;
    if (unfit === unfitBefore && value !== undefined) return;
    changes.push({ field: name, change: 'NULLED', reason: 'SOURCE_SERIALIZATION_ERROR' });
    rest.push([source, raw]);
  };

  return (raw, fixed) => {
    const draft: Draft = { data: { ...blank }, rest: [], changes: [] };
    const { data, rest, changes } = draft;
    // By the keys of the row, which are fewer than the columns.
    for (const key of Object.keys(raw)) {
      const value = raw[key] ?? null;
      const column = byKey.get(key);
      if (column !== undefined) take(draft, column, key, value);
      else if (!byKey.has(key)) rest.push([key, value]);
    }
    for (const column of others) {
      const source = sourceOf(raw, column.from);
      if (source === undefined) continue;
      take(draft, column, source, raw[source] ?? null);
      addUnread(rest, raw, column, source);
    }
    for (const name of Object.keys(fixed)) if (isSelected(name)) data[name] = fixed[name];
    if (keepsRest && rest.length > 0) data[ADDITIONAL_FIELDS] = additional(rest);
    return { data, changes };
  };
};
