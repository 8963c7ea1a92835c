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
  readonly column: Column;
  readonly from: readonly string[];
}

type Entry = readonly [string, JsonValue];

/** The API name whose value the column takes: the first that is there and not null, else the first that is there. */
const sourceOf = (raw: JsonObject, from: readonly string[]): string | undefined =>
  from.find((name) => raw[name] !== undefined && raw[name] !== null) ??
  from.find((name) => raw[name] !== undefined);

/** The other names of a column that carry another value: none of it may be lost. */
const unread = (raw: JsonObject, from: readonly string[], source: string): readonly Entry[] =>
  from.length === 1
    ? []
    : from.flatMap((name): readonly Entry[] => {
        const value = raw[name];
        const isNew = value !== undefined && value !== null && value !== raw[source];
        return name !== source && isNew ? [[name, value]] : [];
      });

interface ConvertedColumn {
  readonly value: JsonValue;
  readonly isWhole: boolean;
}

const convert = ({ column }: PlannedColumn, raw: JsonValue): ConvertedColumn => {
  if (raw === null) return { value: null, isWhole: true };
  let isWhole = true;
  const value = column.convert(raw, () => {
    isWhole = false;
  });
  return value === undefined ? { value: null, isWhole: false } : { value, isWhole };
};

const additional = (entries: readonly Entry[]): JsonObject => {
  const kept = entries.filter(([key]) => !isCredentialKey(key));
  return kept.length === 0 ? {} : { [ADDITIONAL_FIELDS]: withoutCredentials(Object.fromEntries(kept)) };
};

/**
 * Compiles the columns of a stream into a function from a row of the API to a record that fits the schema. Nothing is
 * lost on the way: what no column declares, and what does not fit its column, goes into `additional_fields` under the
 * API's name. Only paging keys and credential-like keys are left out.
 */
export const createNormaliser = (options: NormaliserOptions): Normalise => {
  const { columns, ignoredKeys, additionalFields, selected } = options;
  const isSelected = (name: string): boolean => selected === undefined || selected.has(name);
  const planned = Object.entries(columns).map(([name, column]): PlannedColumn => ({
    name,
    column,
    from: column.from ?? [camelCase(name)],
  }));
  const emitted = planned.filter(({ name }) => isSelected(name));
  const known = new Set([...planned.flatMap(({ from }) => from), ...ignoredKeys]);
  const keepsRest = additionalFields === 'keep' && isSelected(ADDITIONAL_FIELDS);

  return (raw, fixed) => {
    const data: Record<string, JsonValue> = {};
    const rest: Entry[] = [];
    const changes: FieldChange[] = [];
    for (const plan of emitted) {
      const source = sourceOf(raw, plan.from);
      if (source === undefined) continue;
      const rawValue = raw[source] ?? null;
      const { value, isWhole } = convert(plan, rawValue);
      data[plan.name] = value;
      if (plan.from.length > 1) rest.push(...unread(raw, plan.from, source));
      if (isWhole) continue;
      changes.push({ field: plan.name, change: 'NULLED', reason: 'SOURCE_SERIALIZATION_ERROR' });
      rest.push([source, rawValue]);
    }
    if (keepsRest) rest.push(...Object.entries(raw).filter(([key]) => !known.has(key)));
    return { data: { ...data, ...fixed, ...(keepsRest && additional(rest)) }, changes };
  };
};
