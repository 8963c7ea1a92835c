import type { JsonObject, JsonValue } from '../../src/foundation/json.ts';
import { isJsonArray, isJsonObject, textAt } from '../../src/foundation/json.ts';
import { opportunityAttributions } from './attribution.ts';
import type { CustomFieldDefinition } from './custom-field-definitions.ts';
import {
  contactIdAt,
  contactOf,
  createRowTimes,
  dealAt,
  isoOf,
  type LocationSeed,
  opportunityIdAt,
  personAt,
  rowRandom,
} from './location-seed.ts';
import type { Random } from './random.ts';
import type { SeededRows } from './row-store.ts';

const DAY_MS = 86_400_000;
const SHARE_WITHOUT_CONTACT = 0.02;

type FieldOf = (id: string, random: Random, options: readonly string[]) => JsonObject;

/** In a search every type has its own key; times are numbers here and texts on contacts. */
const FIELDS: ReadonlyMap<string, FieldOf> = new Map<string, FieldOf>([
  ['TEXT', (id, random) => ({ fieldValueString: random.pick(['Acme CRM', 'none', '']), id, type: 'string' })],
  ['NUMERICAL', (id, random) => ({ id, fieldValueNumber: random.int(1, 500), type: 'number' })],
  ['DATE', (id, random) => ({ id, fieldValueDate: Date.UTC(2026, random.int(0, 11), 1), type: 'date' })],
  [
    'MULTIPLE_OPTIONS',
    (id, random, options) => ({
      id,
      fieldValueArray: options.filter(() => random.chance(0.6)),
      type: 'array',
    }),
  ],
  [
    'FILE_UPLOAD',
    (id, random) => {
      const url = `https://files.example.com/${random.uuid()}.pdf`;
      return { id, fieldValueFiles: [{ url, meta: { name: 'f.pdf', size: 1024 } }], type: 'file' };
    },
  ],
]);

const customFieldsOf = (
  random: Random,
  definitions: readonly CustomFieldDefinition[],
  variations: boolean,
): readonly JsonObject[] =>
  definitions
    .filter(({ model }) => model === 'opportunity' && random.chance(0.4))
    .map(({ id, dataType, options }) => {
      if (variations && random.chance(0.05))
        return { id, fieldValueBoolean: random.chance(0.5), type: 'boolean' };
      return (
        FIELDS.get(dataType)?.(id, random, options) ?? { id, fieldValueObject: { text: '' }, type: 'object' }
      );
    });

const contactParts = (location: LocationSeed, ordinal: number, random: Random): JsonObject => {
  const contact = contactOf(location, ordinal);
  const id = contactIdAt(location, contact);
  const { firstName, lastName, email, phone, companyName } = personAt(location, contact);
  const name = `${firstName} ${lastName}`;
  const tags = random.chance(0.3) ? ['booked call'] : [];
  const relation = {
    associationId: 'OPPORTUNITIES_CONTACTS_ASSOCIATION',
    relationId: opportunityIdAt(location, ordinal),
    primary: true,
    objectKey: 'contact',
    recordId: id,
    fullName: name,
    contactName: name,
    companyName,
    email,
    phone,
    tags,
    attributed: random.pick([true, false, null]),
  };
  if (location.variations && random.chance(SHARE_WITHOUT_CONTACT)) return { relations: [relation] };
  return {
    contactId: id,
    relations: [relation],
    contact: { id, name, companyName, email, phone, tags, score: [] },
  };
};

const momentsOf = (random: Random, added: number, latest: number): JsonObject => {
  const stage = Math.floor(added + random.next() * (latest - added));
  return {
    lastStatusChangeAt: isoOf(random.chance(0.6) ? added : stage),
    lastStageChangeAt: isoOf(stage),
    ...(random.chance(0.2) ? { lastActionDate: isoOf(stage) } : {}),
  };
};

const forecastOf = (random: Random): JsonObject =>
  random.chance(0.5)
    ? { forecastProbability: random.int(0, 10) * 10, effectiveProbability: random.int(0, 10_000) / 100 }
    : {};

const primaryRelation = (row: JsonObject): JsonValue | undefined => {
  const { relations } = row;
  return isJsonArray(relations)
    ? relations.find((item) => isJsonObject(item) && item['primary'] === true)
    : undefined;
};

/** The contact's id, from the primary relation where the row itself has none. */
export const contactIdOf = (row: JsonObject): string => {
  const relation = primaryRelation(row);
  return (
    textAt(row, 'contactId') ?? (isJsonObject(relation) ? textAt(relation, 'recordId') : undefined) ?? ''
  );
};

/** The row as another contact's: in `contact` and in the primary relation, too. */
export const withContact = (row: JsonObject, contactId: string): JsonObject => {
  const { contact, relations } = row;
  return {
    ...row,
    contactId,
    ...(isJsonObject(contact) ? { contact: { ...contact, id: contactId } } : {}),
    relations: isJsonArray(relations)
      ? relations.map((item) => (isJsonObject(item) ? { ...item, recordId: contactId } : item))
      : [],
  };
};

/** The opportunities of a location, as a search answers them but for `sort`; ties are broken by contact. */
export const opportunityRows = (location: LocationSeed): SeededRows => {
  const { addedAt, updatedAt } = createRowTimes(location, 'opportunity');
  const { variations, users, customFields } = location;
  const rowAt = (ordinal: number): JsonObject => {
    const random = rowRandom(location, 'opportunity', ordinal);
    const { id, stage, status, monetaryValue } = dealAt(location, ordinal);
    const [added, updated] = [addedAt(ordinal), updatedAt(ordinal)];
    const person = personAt(location, contactOf(location, ordinal));
    return {
      id,
      name: `${person.firstName} ${person.lastName}`,
      monetaryValue,
      pipelineId: stage.pipelineId,
      pipelineStageId: stage.id,
      pipelineStageUId: stage.id,
      assignedTo: random.chance(0.6) ? random.pick(users) : null,
      status,
      source: random.pick(variations ? ['Landing page', null, ''] : ['Landing page', null]),
      ...momentsOf(random, added, Number.isNaN(updated) ? added : updated),
      createdAt: isoOf(added),
      ...(Number.isNaN(updated) ? {} : { updatedAt: isoOf(updated) }),
      indexVersion: random.int(1, 9),
      locationId: location.id,
      customFields: customFieldsOf(random, customFields, variations),
      lostReasonId: status === 'lost' && random.chance(0.5) ? random.id() : null,
      followers: users.filter(() => random.chance(0.1)),
      ...contactParts(location, ordinal, random),
      ...forecastOf(random),
      ...(random.chance(0.1) ? { forecastExpectedCloseDate: isoOf(added + 30 * DAY_MS).slice(0, 10) } : {}),
      attributions: opportunityAttributions(random),
    };
  };
  return {
    count: location.opportunityCount,
    idAt: (ordinal) => opportunityIdAt(location, ordinal),
    tieAt: (ordinal) => contactIdAt(location, contactOf(location, ordinal)),
    addedAt,
    updatedAt,
    rowAt,
  };
};
