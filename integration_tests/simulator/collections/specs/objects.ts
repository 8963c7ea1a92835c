import type { JsonObject, JsonValue } from '../../../../src/foundation/json.ts';
import { isoOf } from '../../location-seed.ts';
import type { Random } from '../../random.ts';
import type { CollectionSeed, CollectionSpec } from '../collection-spec.ts';
import { PETS, relationSpecs, VEHICLES } from './relations.ts';

type Kind = 'object_schemas' | 'object_records' | 'associations' | 'relations';

interface ObjectSchema {
  readonly key: string;
  readonly singular: string;
  readonly plural: string;
}

const STANDARD: readonly ObjectSchema[] = [
  { key: 'contact', singular: 'Contact', plural: 'Contacts' },
  { key: 'opportunity', singular: 'Opportunity', plural: 'Opportunities' },
  { key: 'business', singular: 'Company', plural: 'Companies' },
];
const CUSTOM: readonly ObjectSchema[] = [
  { key: PETS, singular: 'Pet', plural: 'Pets' },
  { key: VEHICLES, singular: 'Vehicle', plural: 'Vehicles' },
];

/** The schema of an ordinal: the standard ones first, and beyond the known ones as many as asked for. */
const schemaAt = (ordinal: number): ObjectSchema =>
  [...STANDARD, ...CUSTOM][ordinal] ?? {
    key: `custom_objects.things_${ordinal}`,
    singular: `Thing ${ordinal}`,
    plural: `Things ${ordinal}`,
  };

const objectSchema = ({ locationId, variations }: CollectionSeed, ordinal: number): JsonObject => {
  const { key, singular, plural } = schemaAt(ordinal);
  const standard = ordinal < STANDARD.length;
  return {
    standard,
    key,
    labels: { singular, plural },
    ...(variations && standard ? {} : { description: `${plural} of the clients` }),
    locationId,
    primaryDisplayProperty: `${key}.name`,
    type: standard ? 'SYSTEM_DEFINED' : 'USER_DEFINED',
  };
};

/** Which custom object a record belongs to; the records take turns. */
const objectOf = (seed: CollectionSeed, record: number): { readonly id: string; readonly key: string } => {
  const customs = seed.idsOf('object_schemas').slice(STANDARD.length);
  const at = customs.length === 0 ? 0 : record % customs.length;
  return { id: customs[at] ?? '', key: schemaAt(STANDARD.length + at).key };
};

const petProperties = (random: Random, variations: boolean): JsonObject => {
  const age = random.int(0, 18);
  return {
    name: random.pick(['Buddy', 'Luna', 'Søren', 'Mochi']),
    age: variations && random.chance(0.3) ? `${age}` : age,
    vaccinated: ['rabies', 'distemper'].filter(() => random.chance(0.5)),
    adopted_on: `202${random.int(0, 5)}-07-11`,
    ...(random.chance(0.4) ? { photos: [{ url: `https://files.example.com/${random.id(8)}.jpg` }] } : {}),
  };
};

/** Lists of text boxes come with a dot in their keys. */
const vehicleProperties = (random: Random, variations: boolean): JsonObject => ({
  name: `Van ${random.int(1, 99)}`,
  price: variations && random.chance(0.2) ? null : { currency: 'default', value: random.int(1, 90_000) / 2 },
  phone_number: '+15125550142',
  ...(random.chance(0.5) ? { 'measures.width': '2.1', 'measures.height': '' } : {}),
});

const propertiesOf = (key: string, random: Random, variations: boolean): JsonValue => {
  if (key === PETS) return petProperties(random, variations);
  if (key === VEHICLES) return vehicleProperties(random, variations);
  return { name: `Record ${random.id(4)}` };
};

const objectRecord = (seed: CollectionSeed, ordinal: number): JsonObject => {
  const random = seed.random(ordinal);
  const { id, key } = objectOf(seed, ordinal);
  const user = seed.userId(random.int(0, 9));
  const by = (source: string): JsonObject => ({
    channel: 'APP',
    createdAt: isoOf(seed.addedAt(ordinal)),
    source,
    sourceId: user,
  });
  return {
    owner: random.chance(0.5) ? [user] : [],
    followers: [0, 1].filter(() => random.chance(0.3)).map((at) => seed.userId(at)),
    properties: propertiesOf(key, random, seed.variations),
    locationId: seed.locationId,
    objectId: id,
    objectKey: key,
    createdBy: by('WEB_USER'),
    lastUpdatedBy: by(random.pick(['WEB_USER', 'INTEGRATION', 'WORKFLOW'])),
  };
};

export const objectSpecs: Readonly<Record<Kind, CollectionSpec>> = {
  object_schemas: {
    idKey: 'id',
    idShape: 'hex',
    addedKey: 'dateAdded',
    updatedKey: 'dateUpdated',
    count: 5,
    row: objectSchema,
  },
  object_records: {
    idKey: 'id',
    idShape: 'hex',
    addedKey: 'createdAt',
    updatedKey: 'updatedAt',
    isIndexed: true,
    count: 18,
    row: objectRecord,
  },
  ...relationSpecs((seed, record) => objectOf(seed, record).key),
};
