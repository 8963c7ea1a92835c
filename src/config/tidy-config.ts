import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../foundation/json.ts';

const tidyValue = (value: JsonValue): JsonValue => {
  if (typeof value === 'string') return value.trim();
  if (isJsonArray(value)) return value.map(tidyValue).filter(isPresent);
  if (isJsonObject(value)) return tidyObject(value);
  return value;
};

const isPresent = (value: JsonValue): boolean => value !== null && value !== '';

const tidyObject = (object: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(object)
      .map(([key, value]) => [key, tidyValue(value)] as const)
      .filter(([, value]) => isPresent(value)),
  );

/**
 * Takes out what only looks like a setting: empty texts and nulls, which Airbyte's form sends for fields left empty,
 * blanks around pasted values, and the keys with `_` in front, which acceptance tests add for themselves.
 */
export const tidyConfig = (config: JsonObject): JsonObject =>
  tidyObject(Object.fromEntries(Object.entries(config).filter(([key]) => !key.startsWith('_'))));
