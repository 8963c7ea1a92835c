import { isJsonObject, type JsonObject, type JsonValue } from '../../src/foundation/json.ts';
import { changed, constant, eachOf, type Exception, inside, objectsOf, renamed } from './exception.ts';
import { instantOf } from './instant-of.ts';
import { objectsIn } from './objects-in.ts';

/** Custom fields have a key for every type of value: `fieldValueString`, `fieldValueNumber`, … */
const withOneValue =
  (name: string) =>
  (item: JsonValue): JsonValue =>
    isJsonObject(item)
      ? Object.fromEntries(
          Object.entries(item).map(([key, value]) => [key.replace(/^fieldValue[A-Z].*$/, name), value]),
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

const touch = (flag: 'isFirst' | 'isLast'): Exception => ({
  from: [],
  value: ({ attributions }) => objectsIn(attributions).find((one) => one[flag] === true),
});

/** The request that takes a payment is not data. */
const withoutTask = (meta: JsonValue): JsonValue =>
  isJsonObject(meta) && isJsonObject(meta['autoPayment']) ? { ...meta, autoPayment: {} } : meta;

const withPercentage = (look: JsonValue): JsonValue => {
  if (!isJsonObject(look)) return look;
  const { LookBusyPercentage: lookBusyPercentage = null, ...rest } = look;
  return { ...rest, lookBusyPercentage };
};

const visit = ({ others }: JsonObject): JsonValue | undefined => {
  const event = isJsonObject(others) ? others['eventData'] : undefined;
  if (!isJsonObject(event)) return event;
  const { documentURL: documentUrl = null, ...rest } = event;
  return { ...rest, documentUrl };
};

/** What a page sends along with a form; two of the names are HighLevel's misspellings. */
const SUBMISSION: Readonly<Record<string, Exception>> = {
  event_data: { from: [], value: visit },
  funnel_event_data: inside('others', 'funneEventData'),
  field_order: inside('others', 'fieldsOriSequance'),
  submission_id: inside('others', 'submissionId'),
  session_id: inside('others', 'sessionId'),
  signature_hash: inside('others', 'signatureHash'),
  ip: inside('others', 'ip'),
  timezone: inside('others', 'Timezone'),
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
    custom_fields: eachOf('customFields', withOneValue('fieldValue')),
  },
  custom_fields: {
    picklist_options: eachOf('picklistOptions', (item) =>
      isJsonObject(item) ? (item['label'] ?? null) : item,
    ),
    picklist_option_details: { from: ['picklistOptions'], value: labelled },
  },
  lost_reasons: { deleted: { from: ['deleted'], value: ({ deleted = false }) => deleted } },
  appointments: { appointment_status: renamed('appointmentStatus', 'appoinmentStatus') },
  calendars: {
    appointment_per_slot: renamed('appointmentPerSlot', 'appoinmentPerSlot'),
    appointment_per_day: renamed('appointmentPerDay', 'appoinmentPerDay'),
    form_submit_redirect_url: renamed('formSubmitRedirectURL'),
    look_busy_config: changed('lookBusyConfig', withPercentage),
  },
  form_submissions: SUBMISSION,
  survey_submissions: SUBMISSION,
  invoices: { meta: changed('meta', withoutTask) },
  estimates: { total_amount_in_usd: renamed('totalamountInUSD') },
  companies: { custom_fields: eachOf('customFields', withOneValue('value')) },
  contact_attributions: { first_touch: touch('isFirst'), last_touch: touch('isLast') },
};
