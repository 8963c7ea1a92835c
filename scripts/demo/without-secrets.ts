import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/foundation/json.ts';

/** What the simulator hides in payments and invoices, and what must not reach a database. */
const SECRETS = ['Authorization', 'client_secret'];

const cleaned = (value: JsonValue): JsonValue => {
  if (isJsonArray(value)) return value.map(cleaned);
  return isJsonObject(value) ? withoutSecrets(value) : value;
};

/** The row without secrets, however deep they lie. */
export const withoutSecrets = (row: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(row)
      .filter(([key]) => !SECRETS.includes(key))
      .map(([key, value]) => [key, cleaned(value)]),
  );
