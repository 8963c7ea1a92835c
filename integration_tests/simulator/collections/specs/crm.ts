import type { JsonObject, JsonValue } from '../../../../src/foundation/json.ts';
import { isoOf } from '../../location-seed.ts';
import { companyNameOf, placeOf } from '../../people.ts';
import type { Random } from '../../random.ts';
import type { CollectionSeed, CollectionSpec } from '../collection-spec.ts';
import { followUpSpecs } from './follow-ups.ts';

type Kind = 'lost_reasons' | 'companies' | 'tags' | 'tasks' | 'custom_values' | 'workflows' | 'contact_notes';

const REASONS = [
  'Price too high',
  'Chose a competitor',
  'No answer',
  'Not ready',
  'Out of area',
  'Duplicate lead',
];
const TAGS = [
  'booked call',
  'vip',
  'newsletter',
  'no show',
  'past client',
  'webinar 2025',
  'spanish',
  'do not text',
];
const VALUES: readonly (readonly [name: string, value: string])[] = [
  ['Business name', 'Harbor Dental'],
  ['Booking link', 'https://pages.example.com/book'],
  ['Support phone', '+15125550142'],
  ['Review link', ''],
  ['Opening hours', 'Mon to Fri\n9:00-17:00'],
];
const WORKFLOWS = [
  'New lead follow-up',
  'No-show rescue',
  'Review request',
  'Appointment reminder',
  'Nurture',
];
/** Company custom fields have no definition in the location's list, only an id and a typed value. */
const COMPANY_VALUES: readonly ((random: Random) => JsonObject)[] = [
  (random) => ({ fieldValueString: random.pick(['Gold', 'Silver', '13']), type: 'string' }),
  (random) => ({ fieldValueNumber: random.int(1, 500), type: 'number' }),
  (random) => ({ fieldValueDate: Date.UTC(2025, random.int(0, 11), random.int(1, 28)), type: 'date' }),
  (random) => ({ fieldValueArray: ['North', 'South'].slice(0, random.int(0, 2)), type: 'array' }),
];

/** Names do not repeat, however many rows there are. */
const nameAt = (names: readonly string[], ordinal: number): string => {
  const name = names[ordinal % names.length] ?? '';
  const round = Math.floor(ordinal / names.length);
  return round === 0 ? name : `${name} ${round + 1}`;
};

/** One in five is deleted; the others do not always say that they are not. */
const lostReason = (seed: CollectionSeed, ordinal: number): JsonObject => {
  const deleted = ordinal % 5 === 3;
  const isSilent = seed.variations && !deleted && seed.random(ordinal).chance(0.3);
  return {
    name: nameAt(REASONS, ordinal),
    locationId: seed.locationId,
    ...(isSilent ? {} : { deleted }),
  };
};

/** Only fields that are filled in are listed: in every company another one is not. */
const companyFields = (seed: CollectionSeed, ordinal: number): JsonValue =>
  COMPANY_VALUES.map((value, at) => ({
    id: seed.random(-1 - at).id(),
    ...value(seed.random(ordinal)),
  })).filter((_, at) => at !== ordinal % COMPANY_VALUES.length);

/** Only what somebody typed in is there. */
const companyAddress = (random: Random): JsonObject => {
  if (random.chance(0.3)) return {};
  const { city, state, postalCode } = placeOf(random);
  return { address: `${random.int(1, 900)} Example Way`, city, state, postalCode, country: 'US' };
};

const company = (seed: CollectionSeed, ordinal: number): JsonObject => {
  const random = seed.random(ordinal);
  const name = companyNameOf(random);
  const host = `${name.toLowerCase().replaceAll(' ', '-')}.example`;
  const by = (source: string): JsonObject => ({
    source,
    channel: 'APP',
    sourceId: seed.userId(ordinal),
    createdAt: isoOf(seed.addedAt(ordinal)),
  });
  return {
    name,
    locationId: seed.locationId,
    phone: random.chance(0.7) ? `+1512555${String(random.int(100, 199)).padStart(4, '0')}` : null,
    email: random.chance(0.6) ? `office@${host}` : null,
    website: random.chance(0.5) ? host : '',
    description: random.chance(0.3) ? 'Referred by a client.\nCall before noon.' : null,
    ...companyAddress(random),
    createdBy: by(random.pick(['WEB_USER', 'INTEGRATION'])),
    // Imported ones have never been touched by anybody.
    updatedBy: seed.variations && random.chance(0.2) ? {} : by('WEB_USER'),
    ...(ordinal % 3 === 0 ? {} : { customFields: companyFields(seed, ordinal) }),
  };
};

const customValue = (seed: CollectionSeed, ordinal: number): JsonObject => {
  const name = nameAt(
    VALUES.map(([known]) => known),
    ordinal,
  );
  const key = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_');
  const value = VALUES[ordinal % VALUES.length]?.[1] ?? '';
  return {
    name,
    fieldKey: `{{ custom_values.${key} }}`,
    // A value that was never filled in has been seen without its key.
    ...(seed.variations && value === '' ? {} : { value }),
    locationId: seed.locationId,
  };
};

/** Folders stand among the workflows, with neither status nor version. */
const workflow = (seed: CollectionSeed, ordinal: number): JsonObject => {
  const { locationId } = seed;
  const random = seed.random(ordinal);
  if (ordinal % 5 === 2) return { name: `Folder ${ordinal}`, type: 'folder', locationId };
  return {
    name: nameAt(WORKFLOWS, ordinal),
    status: random.pick(['draft', 'published']),
    version: random.int(1, 40),
    locationId,
  };
};

export const crmSpecs: Readonly<Record<Kind, CollectionSpec>> = {
  lost_reasons: {
    idKey: 'id',
    idShape: 'crm',
    addedKey: 'createdAt',
    updatedKey: 'updatedAt',
    count: 12,
    row: lostReason,
  },
  companies: {
    idKey: 'id',
    idShape: 'hex',
    addedKey: 'createdAt',
    updatedKey: 'updatedAt',
    count: 10,
    row: company,
  },
  tags: {
    idKey: 'id',
    idShape: 'crm',
    count: 8,
    row: ({ locationId }, ordinal) => ({ name: nameAt(TAGS, ordinal), locationId }),
  },
  custom_values: { idKey: 'id', idShape: 'crm', count: 8, row: customValue },
  workflows: {
    idKey: 'id',
    idShape: 'crm',
    idAt: (seed, ordinal) => seed.random(ordinal).uuid(),
    addedKey: 'createdAt',
    updatedKey: 'updatedAt',
    count: 8,
    row: workflow,
  },
  ...followUpSpecs,
};
