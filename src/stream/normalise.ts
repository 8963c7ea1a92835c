import type { FieldChange } from '../protocol/messages.ts';
import type { JsonObject, JsonValue } from '../foundation/json.ts';
import { ADDITIONAL_FIELDS, camelCase, type Column, type Columns } from './columns.ts';
import { isCredentialKey, withoutCredentials } from './credential-keys.ts';

/** A row of the API as a record of the stream. */
export interface NormalisedRecord {
  readonly data: JsonObject;
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

/** The API name whose value the column takes: the first that is there and not null, else the first that is there. */
const sourceOf = (raw: JsonObject, from: readonly string[]): string | undefined =>
  from.find((name) => raw[name] !== undefined && raw[name] !== null) ??
  from.find((name) => raw[name] !== undefined);

/** The other names of a column that carry another value: none of it may be lost. */
const unread = (raw: JsonObject, from: readonly string[], source: string): readonly Entry[] =>
  from.flatMap((name): readonly Entry[] => {
    const value = raw[name];
    const isNew = value !== undefined && value !== null && value !== raw[source];
    return name !== source && isNew ? [[name, value]] : [];
  });

/** Brings values to their columns. Every value of every row goes through here, so that nothing is made for each. */
const createConverter = () => {
  let isWhole = true;
  const onUnfit = (): void => {
    isWhole = false;
  };
  return {
    convert: ({ convert }: PlannedColumn, raw: JsonValue): JsonValue => {
      isWhole = true;
      if (raw === null) return null;
      const value = convert(raw, onUnfit);
      if (value === undefined) isWhole = false;
      return value ?? null;
    },
    /** Whether all of the last value fitted. */
    isWhole: () => isWhole,
  };
};

/** Puts in what the connector itself knows of a row. */
const fixing = (selected: ReadonlySet<string> | undefined) =>
  selected === undefined
    ? (data: Record<string, JsonValue>, fixed: JsonObject): void => void Object.assign(data, fixed)
    : (data: Record<string, JsonValue>, fixed: JsonObject): void => {
        for (const [name, value] of Object.entries(fixed)) if (selected.has(name)) data[name] = value;
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
  const { convert, isWhole } = createConverter();
  const fix = fixing(selected);

  return (raw, fixed) => {
    const data: Record<string, JsonValue> = {};
    const rest: Entry[] = [];
    const changes: FieldChange[] = [];
    const take = (column: PlannedColumn, source: string, value: JsonValue): void => {
      data[column.name] = convert(column, value);
      if (isWhole()) return;
      changes.push({ field: column.name, change: 'NULLED', reason: 'SOURCE_SERIALIZATION_ERROR' });
      rest.push([source, value]);
    };
    // By the keys of the row, which are fewer than the columns.
    for (const key of Object.keys(raw)) {
      const value = raw[key] ?? null;
      const column = byKey.get(key);
      if (column !== undefined) take(column, key, value);
      else if (!byKey.has(key)) rest.push([key, value]);
    }
    for (const column of others) {
      const source = sourceOf(raw, column.from);
      if (source === undefined) continue;
      take(column, source, raw[source] ?? null);
      rest.push(...unread(raw, column.from, source));
    }
    fix(data, fixed);
    const left = keepsRest ? additional(rest) : undefined;
    if (left !== undefined) data[ADDITIONAL_FIELDS] = left;
    return { data, changes };
  };
};
