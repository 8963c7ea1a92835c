import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/foundation/json.ts';
import { instantOf } from './instant-of.ts';
import { objectsIn } from './objects-in.ts';

/** A column that is not simply the field of the same name in camel case. */
export interface Exception {
  /** The fields of HighLevel's row it is made from. */
  readonly from: readonly string[];
  /** The value to fit to the column's type. */
  readonly value: (row: JsonObject) => JsonValue | undefined;
}

const constant = (value: JsonValue): Exception => ({ from: [], value: () => value });
const renamed = (field: string): Exception => ({ from: [field], value: (row) => row[field] });

const eachOf = (field: string, change: (item: JsonValue) => JsonValue): Exception => ({
  from: [field],
  value: ({ [field]: list }) => (isJsonArray(list) ? list.map(change) : list),
});

/** A text in such a list is short for an object with nothing else. */
const objectsOf = (field: string, key: string): Exception =>
  eachOf(field, (item) => (typeof item === 'string' ? { [key]: item } : item));

/** Opportunities have a key for every type of value: `fieldValueString`, `fieldValueNumber`, … */
const withOneFieldValue = (item: JsonValue): JsonValue =>
  isJsonObject(item)
    ? Object.fromEntries(
        Object.entries(item).map(([key, value]) => [key.replace(/^fieldValue[A-Z].*$/, 'fieldValue'), value]),
      )
    : item;

const born = (row: JsonObject): number | undefined => {
  const { dateOfBirth } = row;
  if (dateOfBirth === undefined || dateOfBirth === null) return undefined;
  return instantOf(dateOfBirth).getTime();
};

const contactOf = ({ contactId, relations }: JsonObject): JsonValue | undefined =>
  contactId ??
  objectsIn(relations).find(({ primary, objectKey }) => primary === true && objectKey === 'contact')?.[
    'recordId'
  ];

const labelled = (row: JsonObject): JsonValue => {
  const options = objectsIn(row['picklistOptions']);
  return options.length === 0 ? null : options;
};

/** By stream and column. All other columns follow one rule. */
export const exceptions: Readonly<Record<string, Readonly<Record<string, Exception>>>> = {
  locations: {
    location_id: renamed('id'),
    access_status: constant('ok'),
    access_error: constant(null),
  },
  contacts: {
    date_of_birth: { from: ['dateOfBirth'], value: born },
    birth_date: { from: ['dateOfBirth'], value: born },
    additional_emails: objectsOf('additionalEmails', 'email'),
    additional_phones: objectsOf('additionalPhones', 'phone'),
  },
  opportunities: {
    contact_id: { from: ['contactId'], value: contactOf },
    monetary_value_number: renamed('monetaryValue'),
    custom_fields: eachOf('customFields', withOneFieldValue),
  },
  custom_fields: {
    picklist_options: eachOf('picklistOptions', (item) =>
      isJsonObject(item) ? (item['label'] ?? null) : item,
    ),
    picklist_option_details: { from: ['picklistOptions'], value: labelled },
  },
};
