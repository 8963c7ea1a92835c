import type { JsonObject, JsonValue } from '../../src/foundation/json.ts';
import { isJsonArray, isJsonObject } from '../../src/foundation/json.ts';

/** `id` and `boolean` only compare; `text` can also be searched in; `date` only knows ranges and existence. */
export type FieldType = 'id' | 'keyword' | 'text' | 'number' | 'date';

export type TimeKey = 'added' | 'updated';

/** A name that filters or sorts may use, and where its value is found in a row. */
export interface FieldSpec {
  readonly name: string;
  readonly type: FieldType;
  readonly sortable: boolean;
  readonly read: (row: JsonObject) => JsonValue | undefined;
  /** Set for the two times that are indexed apart from the rows. */
  readonly time?: TimeKey;
}

/** How one search endpoint names and refuses things. */
export interface Dialect {
  readonly field: (name: string) => FieldSpec | undefined;
  readonly invalidField: (name: string) => Error;
  readonly invalidValue: (message: string) => Error;
}

/** Milliseconds since the epoch of an ISO text or a number; NaN for anything else. */
export const timeOf = (value: JsonValue | undefined): number => {
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? Date.parse(value) : Number.NaN;
};

const inside = (value: JsonValue | undefined, key: string): JsonValue | undefined =>
  isJsonObject(value) ? value[key] : undefined;

/** Reads `path`, with dots between the keys. */
export const readPath =
  (path: string) =>
  (row: JsonObject): JsonValue | undefined =>
    path.split('.').reduce<JsonValue | undefined>(inside, row);

/** The value of the custom field `id`, whichever of the `fieldValue…` keys or `value` holds it. */
export const readCustomField =
  (id: string) =>
  (row: JsonObject): JsonValue | undefined => {
    const list = row['customFields'];
    const entry = isJsonArray(list) ? list.find((item) => inside(item, 'id') === id) : undefined;
    if (!isJsonObject(entry)) return undefined;
    return Object.entries(entry).find(([key]) => key === 'value' || key.startsWith('fieldValue'))?.[1];
  };
