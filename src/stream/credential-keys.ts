import { isJsonArray, isJsonObject, type JsonObject, type JsonValue, textAt } from '../foundation/json.ts';

/** Names whose values never belong into a warehouse, in small letters without what separates words. */
const FORBIDDEN = new RegExp(
  [
    '^(ssn|socialsecurity(number)?|pass(wd|phrase|word)?|pwd|credentials?|jwt|bearer|cookies?|setcookie|auth(entication)?(value|header))$',
    '(password|passwd|passphrase)s?(hash|digest)?$',
    '(^|proxy|http|basic|bearer|x)authorization$',
    '(?<!^(is|has|no))secrets?(value|hash)?$',
    '(secret|api|access|private|signing|encryption|decryption|license|master|auth|webhook|serviceaccount)keys?$',
    'secretaccesskeys?$',
    '(^|access|refresh|auth|bearer|id|session|api|private|oauth|payment|secret|jwt|user|device|csrf|xsrf|client|security|verification|reset|app|bot|service|stripe|paypal|square|twilio|slack|facebook|google|push|fcm)tokens?(secret|value|hash)?$',
    '(^|client|api|user|login|smtp|account)credentials?$',
  ].join('|'),
);

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
  'value' in pair &&
  (isCredentialKey(textAt(pair, 'key') ?? '') || isCredentialKey(textAt(pair, 'name') ?? ''));

const holdsCredentials = (value: JsonValue | undefined): boolean => {
  if (typeof value !== 'object' || value === null) return false;
  if (isJsonArray(value)) return value.some(holdsCredentials);
  if (isCredentialPair(value)) return true;
  return Object.keys(value).some((key) => isCredentialKey(key) || holdsCredentials(value[key]));
};

const stripped = (value: JsonValue): JsonValue => {
  if (isJsonArray(value)) return value.map(stripped);
  if (!isJsonObject(value)) return value;
  const hidesValue = isCredentialPair(value);
  // `fromEntries` defines properties, so a key named `__proto__` stays a key.
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) =>
      isCredentialKey(key) || (hidesValue && key === 'value') ? [] : [[key, stripped(inner)]],
    ),
  );
};

/** The value without credential-like keys at any depth; the same value where it has none, as nearly every one. */
export const withoutCredentials = (value: JsonValue): JsonValue =>
  holdsCredentials(value) ? stripped(value) : value;
