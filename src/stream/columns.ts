import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../foundation/json.ts';
import { setOwn } from '../foundation/set-own.ts';
import {
  type Convert,
  toBoolean,
  toDate,
  toEpochMs,
  toInteger,
  toJsonText,
  toNumber,
  toText,
  toTextOrJson,
  toTimestamp,
} from './convert.ts';
import { isCredentialKey, withoutCredentials } from './credential-keys.ts';

/** The column that takes what no other column declares. */
export const ADDITIONAL_FIELDS = 'additional_fields';

/** Called when a value inside a column could not be brought to its type and was emptied. */
export type OnUnfit = () => void;

/** One column of a stream: its JSON Schema, and how a value of the API becomes one of it. */
export interface Column {
  readonly schema: JsonObject;
  /** Names the API uses for it, the preferred one first. Default: the column's name in camelCase. */
  readonly from?: readonly string[];
  /** As {@link Convert}; `onUnfit` reports what was emptied deeper down. */
  readonly convert: (raw: JsonValue, onUnfit: OnUnfit) => JsonValue | undefined;
}

/** The columns of a stream, or the fields of a nested object, by their snake_case names. */
export type Columns = Readonly<Record<string, Column>>;

/** `pipeline_stage_u_id` → `pipelineStageUId` */
export const camelCase = (name: string): string =>
  name.replace(/_([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());

const nullable = (type: string, rest: JsonObject = {}): JsonObject => ({ type: ['null', type], ...rest });
const scalar = (schema: JsonObject, convert: Convert) => (): Column => ({ schema, convert });

export const text = scalar(nullable('string'), toText);
export const integer = scalar(nullable('integer'), toInteger);
export const number = scalar(nullable('number'), toNumber);
export const boolean = scalar(nullable('boolean'), toBoolean);
export const date = scalar(nullable('string', { format: 'date' }), toDate);
/** Unix time in milliseconds, whatever way the API wrote the instant. */
export const epochMs = scalar(nullable('integer'), toEpochMs);
export const timestamp = scalar(
  nullable('string', { format: 'date-time', airbyte_type: 'timestamp_with_timezone' }),
  toTimestamp,
);
/** Any value as JSON text. */
export const jsonText = scalar(nullable('string'), (raw) => toJsonText(withoutCredentials(raw)));
/** Texts as they are, any other value as JSON text. */
export const textOrJson = scalar(nullable('string'), (raw) => toTextOrJson(withoutCredentials(raw)));
/** An object whose keys are data (a map); they stay as the API spells them. */
export const map = scalar(nullable('object', { additionalProperties: true }), (raw) =>
  isJsonObject(raw) ? withoutCredentials(raw) : undefined,
);

/** A column that the API names otherwise than the column's name in camelCase. */
export const named = (column: Column, ...from: readonly string[]): Column => ({ ...column, from });

/** A column that never is null. */
export const required = (column: Column): Column => {
  const { type } = column.schema;
  const only = isJsonArray(type) ? type.find((name) => name !== 'null') : type;
  return { ...column, schema: { ...column.schema, ...(only !== undefined && { type: only }) } };
};

/** A column whose raw value is reshaped before it is converted: where the API writes one thing in several shapes. */
export const reshaped = (column: Column, reshape: (raw: JsonValue) => JsonValue): Column => ({
  ...column,
  convert: (raw, onUnfit) => {
    const value = reshape(raw);
    return value === null ? null : column.convert(value, onUnfit);
  },
});

/** Elements that do not fit become null, so that the others keep their places. */
export const list = (element: Column): Column => ({
  schema: nullable('array', { items: element.schema }),
  convert: (raw, onUnfit) => {
    if (!isJsonArray(raw)) return undefined;
    return raw.map((item) => {
      if (item === null) return null;
      const value = element.convert(item, onUnfit);
      if (value === undefined) onUnfit();
      return value ?? null;
    });
  },
});

interface NestedField {
  readonly name: string;
  readonly column: Column;
}

/** Declared fields get their snake_case names; what is not declared stays beside them as it is. */
export const object = (fields: Columns): Column => {
  const byApiName = new Map<string, NestedField>(
    Object.entries(fields).flatMap(([name, column]) =>
      // Its own name too, or a value of that name would stand unconverted in its place.
      [name, ...(column.from ?? [camelCase(name)])].map((apiName) => [apiName, { name, column }] as const),
    ),
  );
  const nameOf = (key: string): string => byApiName.get(key)?.name ?? key;
  const convertField = (key: string, raw: JsonValue, onUnfit: OnUnfit): JsonValue => {
    const field = byApiName.get(key);
    if (field === undefined) return withoutCredentials(raw);
    const value = field.column.convert(raw, onUnfit);
    if (value === undefined) onUnfit();
    return value ?? null;
  };
  return {
    schema: nullable('object', {
      additionalProperties: true,
      properties: Object.fromEntries(Object.entries(fields).map(([name, { schema }]) => [name, schema])),
    }),
    convert: (raw, onUnfit) => {
      if (!isJsonObject(raw)) return undefined;
      const nested: Record<string, JsonValue> = {};
      const empty: string[] = [];
      for (const key of Object.keys(raw)) {
        const value = raw[key] ?? null;
        if (isCredentialKey(key)) continue;
        if (value === null) empty.push(nameOf(key));
        else setOwn(nested, nameOf(key), convertField(key, value, onUnfit));
      }
      // None of them takes the place of a value that came under another name.
      for (const name of empty) if (!Object.hasOwn(nested, name)) setOwn(nested, name, null);
      return nested;
    },
  };
};
