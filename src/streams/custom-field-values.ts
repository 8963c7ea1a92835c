import { isJsonArray, isJsonObject, type JsonObject, type JsonValue, textAt } from '../foundation/json.ts';
import { setOwn } from '../foundation/set-own.ts';
import { toBoolean, toNumber, toTextOrJson, toTimestamp } from '../stream/convert.ts';
import type { Lookup } from '../stream/definition.ts';
import { customFields } from './custom-fields.ts';
import { customFieldValue } from './shared-columns.ts';

const COLUMN = 'custom_field_values';

/** `contact.budget` → `budget`: the same in every sub-account that was made from the same snapshot. */
const keyOf = (fieldKey: string): string => fieldKey.replace(/^[^.]*\./, '');

const toList = (raw: JsonValue): JsonValue => (isJsonArray(raw) || isJsonObject(raw) ? raw : [raw]);

/** By `dataType`; what is not here is text. HighLevel spells it MONETORY. A map: any text may be asked for. */
const CONVERSIONS: ReadonlyMap<string, (raw: JsonValue) => JsonValue | undefined> = new Map([
  ['NUMERICAL', toNumber],
  ['FLOAT', toNumber],
  ['MONETORY', toNumber],
  ['MONETARY', toNumber],
  ['DATE', toTimestamp],
  ['BOOLEAN', toBoolean],
  ['CHECKBOX', toList],
  ['MULTIPLE_OPTIONS', toList],
  ['TEXTBOX_LIST', toList],
  ['FILE_UPLOAD', toList],
]);

const typed = (raw: JsonValue, dataType: string | undefined): JsonValue => {
  if (raw === null) return null;
  const convert = CONVERSIONS.get(dataType ?? '') ?? toTextOrJson;
  return convert(raw) ?? null;
};

const filledFields = ({ customFields: fields }: JsonObject): readonly JsonObject[] =>
  isJsonArray(fields) ? fields.filter(isJsonObject) : [];

/** Sub-accounts that were made from the same snapshot have the same fields: thousands of tables share what they say. */
const known = new Map<string, JsonObject>();
const MOST_KNOWN = 10_000;

const definitionOf = (fieldKey: string, dataType: string | undefined): JsonObject => {
  const name = `${dataType ?? ''} ${fieldKey}`;
  const shared = known.get(name);
  if (shared !== undefined) return shared;
  const definition = { key: keyOf(fieldKey), dataType: dataType ?? null };
  if (known.size < MOST_KNOWN) known.set(name, definition);
  return definition;
};

/** From the ids of custom fields, which differ by sub-account, to their keys, which mostly do not. */
export const customFieldLookup: Lookup = {
  column: COLUMN,
  of: customFields,
  index: (definitions) =>
    new Map(
      definitions.flatMap((definition): readonly (readonly [string, JsonObject])[] => {
        const id = textAt(definition, 'id');
        const fieldKey = textAt(definition, 'fieldKey');
        if (id === undefined || fieldKey === undefined) return [];
        return [[id, definitionOf(fieldKey, textAt(definition, 'dataType'))]];
      }),
    ),
  idsOf: (row) => {
    const ids: string[] = [];
    for (const field of filledFields(row)) {
      const id = textAt(field, 'id');
      if (id !== undefined) ids.push(id);
    }
    return ids;
  },
  fill: (row, index) => {
    const values: Record<string, JsonValue> = {};
    for (const field of filledFields(row)) {
      const definition = index.get(textAt(field, 'id') ?? '');
      const key = definition && textAt(definition, 'key');
      // A field that was deleted has no key any more; its value is in `custom_fields`.
      if (definition === undefined || key === undefined) continue;
      setOwn(values, key, typed(customFieldValue(field), textAt(definition, 'dataType')));
    }
    return { ...row, customFieldValues: values };
  },
};
