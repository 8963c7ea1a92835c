import { isJsonArray, isJsonObject, type JsonValue } from '../foundation/json.ts';

/** Names whose values never belong into a warehouse, however they are spelled. */
const FORBIDDEN =
  /^(ssn|social_?security(_?number)?|pass(word|wd|phrase)|(client_?|app_?|webhook_?)?secret(_?key)?|api_?key|(access|refresh|auth|bearer|id|session)_?token|(proxy_?)?authorization|authentication_?value|credentials?|private_?key|jwt)$/i;

export const isCredentialKey = (key: string): boolean => FORBIDDEN.test(key);

/** The value without credential-like keys at any depth; the same value where it has none. */
export const withoutCredentials = (value: JsonValue): JsonValue => {
  if (isJsonArray(value)) return value.map(withoutCredentials);
  if (!isJsonObject(value)) return value;
  // `fromEntries` defines properties, so a key named `__proto__` stays a key.
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) =>
      isCredentialKey(key) ? [] : [[key, withoutCredentials(inner)]],
    ),
  );
};
