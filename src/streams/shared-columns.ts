import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../foundation/json.ts';
import {
  boolean,
  type Column,
  list,
  named,
  object,
  reshaped,
  text,
  textOrJson,
  timestamp,
} from '../stream/columns.ts';

/** One way by which a visitor came. */
export const attribution = (): Column =>
  object({
    is_first: boolean(),
    is_last: boolean(),
    medium: text(),
    medium_id: text(),
    url: text(),
    utm_source: text(),
    utm_medium: text(),
    utm_campaign: text(),
    utm_content: text(),
    utm_term: text(),
    utm_session_source: text(),
    utm_ad_id: text(),
    utm_fbclid: text(),
    utm_gclid: text(),
  });

/** Where a visitor came from, as the API's `attributions` list it. */
export const attributions = (): Column => list(attribution());

/** The first or the last touch of a contact. */
export const attributionSource = (): Column =>
  object({
    session_source: text(),
    url: text(),
    campaign: text(),
    campaign_id: text(),
    utm_source: text(),
    utm_medium: text(),
    utm_campaign: text(),
    utm_content: text(),
    utm_term: text(),
    referrer: text(),
    fbclid: text(),
    gclid: text(),
    msclkid: named(text(), 'msclkid', 'msclikid'),
    dclid: text(),
    fbc: text(),
    fbp: text(),
    fb_event_id: text(),
    user_agent: text(),
    ip: text(),
    medium: text(),
    medium_id: text(),
  });

/** Who made or changed a row, by which way. */
export const actor = (): Column =>
  object({
    source: text(),
    channel: text(),
    source_id: text(),
    source_name: text(),
    timestamp: timestamp(),
  });

/** The keys a custom field's value stands under: which one depends on the endpoint and on the field's type. */
const VALUE_KEYS: readonly string[] = ['value', 'fieldValue', 'field_value'];

/** The key that holds the value: the first that is there and not null, else the first that is there. */
const valueKeyOf = (field: JsonObject): string | undefined =>
  VALUE_KEYS.find((name) => field[name] !== undefined && field[name] !== null) ??
  Object.keys(field).find((name) => name.startsWith('fieldValue') && field[name] !== null) ??
  VALUE_KEYS.find((name) => field[name] !== undefined);

/** The value of a filled custom field as the API wrote it; null without one. */
export const customFieldValue = (field: JsonObject): JsonValue => {
  const key = valueKeyOf(field);
  return key === undefined ? null : (field[key] ?? null);
};

const withOneValue =
  (valueName: string) =>
  (raw: JsonValue): JsonValue => {
    if (!isJsonObject(raw)) return raw;
    const key = valueKeyOf(raw);
    if (key === undefined || key === valueName) return raw;
    const { [key]: value = null, ...rest } = raw;
    return { ...rest, [valueName]: value };
  };

/** The filled custom fields of a row; `valueName` is the column that carries the value as text. */
export const customFieldValues = (valueName: string): Column =>
  list(
    reshaped(
      object({ id: text(), [valueName]: named(textOrJson(), valueName), type: text() }),
      withOneValue(valueName),
    ),
  );

/** A list whose elements are objects, or texts that stand for `key` of one. */
export const objectsOrTexts = (element: Column, key: string): Column =>
  reshaped(list(element), (raw) =>
    isJsonArray(raw) ? raw.map((item) => (typeof item === 'string' ? { [key]: item } : item)) : raw,
  );
