import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/foundation/json.ts';

/** The objects of a list; none of anything else. */
export const objectsIn = (value: JsonValue | undefined): readonly JsonObject[] =>
  isJsonArray(value) ? value.filter(isJsonObject) : [];
