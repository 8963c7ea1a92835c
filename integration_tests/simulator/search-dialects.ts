import { refusal } from './answers.ts';
import type { CustomFieldDefinition } from './custom-field-definitions.ts';
import { type Dialect, type FieldSpec, type FieldType, readCustomField, readPath } from './field-spec.ts';
import type { LocationState } from './world.ts';
import { textOf } from './text-of.ts';

const CONTACT_FIELDS: Readonly<Record<FieldType, string>> = {
  id: 'id',
  text: 'address businessName city companyName firstNameLowerCase lastNameLowerCase phone postalCode source state tags',
  keyword:
    'assignedTo country dnd email followers isValidWhatsapp timezone type validEmail website contactName activeWorkflows finishedWorkflows',
  number: '',
  date: 'dateAdded dateUpdated lastEmailClickedDate lastEmailOpenedDate lastAppointment dateOfBirth',
};
const CONTACT_SORTS =
  'firstNameLowerCase lastNameLowerCase businessName dateAdded dateUpdated email dnd source'.split(' ');

/** Requests are written in snake_case where the rows are in camelCase; some names differ altogether. */
const OPPORTUNITY_FIELDS: Readonly<Record<FieldType, string>> = {
  id: 'id',
  text: 'name contact_name:contact.name company_name:contact.companyName email:contact.email phone:contact.phone followers',
  keyword:
    'pipeline_id:pipelineId pipeline_stage_id:pipelineStageId status lost_reason_id:lostReasonId source assigned_to:assignedTo contact_id:contactId',
  number: 'monetary_value:monetaryValue',
  date: 'date_added:createdAt date_updated:updatedAt last_status_change_date:lastStatusChangeAt last_stage_change_date:lastStageChangeAt',
};
const OPPORTUNITY_SORTS =
  'date_added date_updated name monetary_value last_status_change_date last_stage_change_date'.split(' ');

const TIMES: Readonly<Record<string, 'added' | 'updated'>> = {
  dateAdded: 'added',
  dateUpdated: 'updated',
  createdAt: 'added',
  updatedAt: 'updated',
};

const fieldTable = (
  names: Readonly<Record<FieldType, string>>,
  sorts: readonly string[],
): ReadonlyMap<string, FieldSpec> => {
  const types: readonly FieldType[] = ['id', 'keyword', 'text', 'number', 'date'];
  const fields = types.flatMap((type) =>
    names[type].split(' ').map((entry): FieldSpec => {
      const [name = '', path = name] = entry.split(':');
      const time = TIMES[path];
      const field = { name, type, sortable: sorts.includes(name), read: readPath(path) };
      return time === undefined ? field : { ...field, time };
    }),
  );
  return new Map(fields.filter(({ name }) => name !== '').map((field) => [field.name, field]));
};

const CUSTOM_TYPES: Readonly<Record<string, FieldType>> = {
  CHECKBOX: 'keyword',
  MULTIPLE_OPTIONS: 'keyword',
  NUMERICAL: 'number',
  MONETORY: 'number',
  DATE: 'date',
};

/** Custom fields are filtered as `<prefix>.<id>`, by the operators of their type. */
const customField = (
  name: string,
  prefix: string,
  definitions: readonly Pick<CustomFieldDefinition, 'id' | 'dataType'>[],
): FieldSpec | undefined => {
  const id = name.startsWith(`${prefix}.`) ? name.slice(prefix.length + 1) : '';
  const definition = definitions.find((candidate) => candidate.id === id);
  if (definition === undefined) return undefined;
  const type = CUSTOM_TYPES[definition.dataType] ?? 'text';
  return { name, type, sortable: false, read: readCustomField(id) };
};

const definitionsOf = ({ customFields }: LocationState, model: string) =>
  customFields
    .filter((row) => row['model'] === model)
    .map((row) => ({ id: textOf(row['id']), dataType: textOf(row['dataType']) }));

const CONTACTS = fieldTable(CONTACT_FIELDS, CONTACT_SORTS);
const OPPORTUNITIES = fieldTable(OPPORTUNITY_FIELDS, OPPORTUNITY_SORTS);

/** The words of the contact search: camelCase, refusals with status 400. */
export const contactDialect = (location: LocationState): Dialect => ({
  field: (name) =>
    CONTACTS.get(name) ?? customField(name, 'customFields', definitionsOf(location, 'contact')),
  invalidField: (name) => refusal(400, `Invalid field ${name}`),
  invalidValue: (message) => refusal(400, message),
});

/** The words of the opportunity search: snake_case, refusals with status 422. */
export const opportunityDialect = (location: LocationState): Dialect => ({
  field: (name) =>
    OPPORTUNITIES.get(name) ?? customField(name, 'custom_fields', definitionsOf(location, 'opportunity')),
  invalidField: (name) => refusal(422, `Invalid field - ${name}`),
  invalidValue: (message) => refusal(422, message),
});
