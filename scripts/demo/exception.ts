import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/foundation/json.ts';

/** A column that is not simply the field of the same name in camel case. */
export interface Exception {
  /** The fields of HighLevel's row it is made from. */
  readonly from: readonly string[];
  /** The value to fit to the column's type. */
  readonly value: (row: JsonObject) => JsonValue | undefined;
}

export const constant = (value: JsonValue): Exception => ({ from: [], value: () => value });

/** Under several names the first one counts that has a value. */
export const renamed = (...fields: readonly string[]): Exception => ({
  from: fields,
  value: (row) => fields.map((field) => row[field]).find((value) => value !== undefined && value !== null),
});

export const changed = (field: string, change: (value: JsonValue) => JsonValue): Exception => ({
  from: [field],
  value: ({ [field]: value }) => (value === undefined ? undefined : change(value)),
});

export const eachOf = (field: string, change: (item: JsonValue) => JsonValue): Exception =>
  changed(field, (list) => (isJsonArray(list) ? list.map(change) : list));

/** A text in such a list is short for an object with nothing else. */
export const objectsOf = (field: string, key: string): Exception =>
  eachOf(field, (item) => (typeof item === 'string' ? { [key]: item } : item));

/** What lies in an object of the row, which is a column of its own, too. */
export const inside = (field: string, key: string): Exception => ({
  from: [],
  value: ({ [field]: object }) => (isJsonObject(object) ? object[key] : undefined),
});
