import { isJsonArray, isJsonObject, type JsonObject, type JsonValue, textAt } from '../foundation/json.ts';

/** Names whose values never belong into a warehouse, in small letters without what separates words. */
const FORBIDDEN =
  /^(ssn|socialsecurity(number)?|pass(word|wd|phrase)|credentials?|jwt|bearer|(set)?cookie|authenticationvalue)$|(authorization|secret|(secret|api|access|private|signing)key|secretaccesskey|(^|access|refresh|auth|bearer|id|session|api|private|oauth|payment|secret)token(secret)?)$/;

/** Keys repeat from row to row. */
const judged = new Map<string, boolean>();
const MOST_JUDGED = 10_000;

/** Whether a value under this name would be a credential, however the name is spelled. */
export const isCredentialKey = (key: string): boolean => {
  const known = judged.get(key);
  if (known !== undefined) return known;
  const isForbidden = FORBIDDEN.test(key.replace(/[^a-z0-9]/gi, '').toLowerCase());
  if (judged.size < MOST_JUDGED) judged.set(key, isForbidden);
  return isForbidden;
};

/** `{ "key": "Authorization", "value": "…" }`: a header as data. */
const isCredentialPair = (pair: JsonObject): boolean =>
  'value' in pair && isCredentialKey(textAt(pair, 'key') ?? textAt(pair, 'name') ?? '');

/** The value without credential-like keys at any depth; the same value where it has none. */
export const withoutCredentials = (value: JsonValue): JsonValue => {
  if (isJsonArray(value)) return value.map(withoutCredentials);
  if (!isJsonObject(value)) return value;
  const hidesValue = isCredentialPair(value);
  // `fromEntries` defines properties, so a key named `__proto__` stays a key.
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) =>
      isCredentialKey(key) || (hidesValue && key === 'value') ? [] : [[key, withoutCredentials(inner)]],
    ),
  );
};
