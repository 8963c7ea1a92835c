import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  textAt,
} from '../../src/foundation/json.ts';
import { instantOf } from './instant-of.ts';
import { objectsIn } from './objects-in.ts';

type Typed = (raw: JsonValue) => JsonValue;

/** Now and then a field holds a value of another type than its own, which is none of its values. */
const isOrdinary = (raw: JsonValue): boolean => typeof raw === 'number' || typeof raw === 'string';
const asNumber: Typed = (raw) => (isOrdinary(raw) && raw !== '' ? Number(raw) : null);
const asInstant: Typed = (raw) => (isOrdinary(raw) ? instantOf(raw).toISOString() : null);
const asList: Typed = (raw) => (isJsonArray(raw) || isJsonObject(raw) ? raw : [raw]);
const asText: Typed = (raw) => (typeof raw === 'string' ? raw : JSON.stringify(raw));

const TYPED: Readonly<Record<string, Typed>> = {
  NUMERICAL: asNumber,
  MONETORY: asNumber,
  DATE: asInstant,
  CHECKBOX: asList,
  MULTIPLE_OPTIONS: asList,
  TEXTBOX_LIST: asList,
  FILE_UPLOAD: asList,
};

/** `value` on contacts; on opportunities a key for every type of value. */
const valueOf = (field: JsonObject): JsonValue =>
  Object.entries(field).find(([key]) => key === 'value' || key.startsWith('fieldValue'))?.[1] ?? null;

/** The rows with what `custom_field_values` must hold: the values by the keys of their fields, and in the fields' types. */
export const withFieldValues = (
  definitions: readonly JsonObject[],
  rows: readonly JsonObject[],
): readonly JsonObject[] => {
  const byId = new Map(definitions.map((definition) => [textAt(definition, 'id') ?? '', definition]));
  const entryOf = (field: JsonObject): readonly (readonly [string, JsonValue])[] => {
    const definition = byId.get(textAt(field, 'id') ?? '');
    if (definition === undefined) return [];
    const [, ...key] = (textAt(definition, 'fieldKey') ?? '').split('.');
    const value = valueOf(field);
    const typed = TYPED[textAt(definition, 'dataType') ?? ''] ?? asText;
    return [[key.join('.'), value === null ? null : typed(value)]];
  };
  return rows.map((row) => {
    const filled = objectsIn(row['customFields']);
    return filled.length === 0
      ? row
      : { ...row, customFieldValues: Object.fromEntries(filled.flatMap(entryOf)) };
  });
};
