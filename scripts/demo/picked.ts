import type { JsonObject } from '../../src/foundation/json.ts';

/** The row with these keys only. */
export const picked = (row: JsonObject, keys: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(row).filter(([key]) => keys.includes(key)));
