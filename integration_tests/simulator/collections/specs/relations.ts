import type { JsonObject } from '../../../../src/foundation/json.ts';
import type { CollectionSeed, CollectionSpec } from '../collection-spec.ts';

export const PETS = 'custom_objects.pets';
export const VEHICLES = 'custom_objects.vehicles';

interface Side {
  readonly label: string;
  readonly key: string;
}

interface Association {
  readonly key: string;
  readonly first: Side;
  readonly second: Side;
}

const side = (label: string, key: string): Side => ({ label, key });

/** The one that opportunities name among their relations; it is called so everywhere. */
const OF_THE_SYSTEM = 'OPPORTUNITIES_CONTACTS_ASSOCIATION';
const ASSOCIATIONS: readonly Association[] = [
  { key: OF_THE_SYSTEM, first: side('opportunity', 'opportunity'), second: side('contact', 'contact') },
  { key: 'pet_owner', first: side('Pet', PETS), second: side('Owner', 'contact') },
  { key: 'pet_litter', first: side('Parent', PETS), second: side('Child', PETS) },
  { key: 'vehicle_driver', first: side('Vehicle', VEHICLES), second: side('Driver', 'contact') },
  { key: 'vehicle_pet', first: side('Vehicle', VEHICLES), second: side('Passenger', PETS) },
  { key: 'vehicle_trailer', first: side('Vehicle', VEHICLES), second: side('Trailer', VEHICLES) },
  { key: 'pet_deal', first: side('Pet', PETS), second: side('Deal', 'opportunity') },
  { key: 'vehicle_company', first: side('Vehicle', VEHICLES), second: side('Company', 'business') },
];
const [SYSTEM_DEFINED] = ASSOCIATIONS;

const association = ({ locationId }: CollectionSeed, ordinal: number): JsonObject => {
  const known = ASSOCIATIONS[ordinal];
  const { key, first, second } = known ?? {
    key: `tie_${ordinal}`,
    first: side(`First ${ordinal}`, PETS),
    second: side(`Second ${ordinal}`, 'contact'),
  };
  return {
    key,
    firstObjectLabel: first.label,
    firstObjectKey: first.key,
    secondObjectLabel: second.label,
    secondObjectKey: second.key,
    associationType: known !== undefined && known === SYSTEM_DEFINED ? 'SYSTEM_DEFINED' : 'USER_DEFINED',
    locationId,
  };
};

interface End {
  readonly id: string;
  readonly key: string;
}

/** The ordinal of the association whose sides are these two, in this order; -1 if there is none. */
const associationBetween = (first: End, second: End): number =>
  ASSOCIATIONS.findIndex((known) => known.first.key === first.key && known.second.key === second.key);

/** So many of the relations are the first record's, so that one record's fill more than a page. */
const OF_FIRST_RECORD = 8;

type KeyOfRecord = (seed: CollectionSeed, record: number) => string;

/** Most are between a record and a contact, one in four is between two records. */
const endsOf = (seed: CollectionSeed, ordinal: number, keyOf: KeyOfRecord): readonly [End, End] => {
  const records = seed.idsOf('object_records');
  const recordAt = (at: number): End => {
    const record = records.length === 0 ? 0 : at % records.length;
    return { id: records[record] ?? '', key: keyOf(seed, record) };
  };
  const record = ordinal < OF_FIRST_RECORD ? 0 : ordinal - OF_FIRST_RECORD + 1;
  const isBetweenRecords = ordinal % 4 === 3 && records.length > 1;
  if (!isBetweenRecords) return [recordAt(record), { id: seed.contactId(ordinal), key: 'contact' }];
  // Neighbours are of different objects, the next but one is of the same.
  const other = recordAt(record + (ordinal % 8 === 3 ? 2 : 1));
  return [recordAt(record), other];
};

const relation = (seed: CollectionSeed, ordinal: number, keyOf: KeyOfRecord): JsonObject => {
  const ends = endsOf(seed, ordinal, keyOf);
  const [first, second] = associationBetween(...ends) === -1 ? [ends[1], ends[0]] : ends;
  const associations = seed.idsOf('associations');
  return {
    associationId: associations[associationBetween(first, second)] ?? '',
    firstRecordId: first.id,
    firstObjectKey: first.key,
    secondRecordId: second.id,
    secondObjectKey: second.key,
    locationId: seed.locationId,
  };
};

/** How objects may be tied together, and what is. */
export const relationSpecs = (
  keyOf: KeyOfRecord,
): Readonly<Record<'associations' | 'relations', CollectionSpec>> => ({
  associations: {
    idKey: 'id',
    idShape: 'crm',
    idAt: (seed, ordinal) => (ordinal === 0 ? OF_THE_SYSTEM : seed.random(ordinal).uuid()),
    count: ASSOCIATIONS.length,
    row: association,
  },
  relations: {
    idKey: 'id',
    idShape: 'hex',
    count: 24,
    row: (seed, ordinal) => relation(seed, ordinal, keyOf),
  },
});
