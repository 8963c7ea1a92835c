import type { JsonObject, JsonValue } from '../../src/foundation/json.ts';
import { contactAttribution } from './attribution.ts';
import { contactCustomFields } from './contact-custom-fields.ts';
import {
  contactIdAt,
  createRowTimes,
  dealAt,
  isoOf,
  type LocationSeed,
  opportunitiesOf,
  personAt,
  rowRandom,
} from './location-seed.ts';
import { type Person, placeOf } from './people.ts';
import type { Random } from './random.ts';
import type { SeededRows } from './row-store.ts';

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
const SOURCES = ['Landing page', 'Facebook lead form', 'Referral', 'Website chat', null];
const OPTIONAL_KEYS = [
  'phoneLabel',
  'businessId',
  'validEmail',
  'timezone',
  'assignedTo',
  'companyName',
  'website',
];

const birthOf = (random: Random, variations: boolean): JsonValue => {
  if (random.chance(0.6)) return null;
  const time = Date.UTC(random.int(1940, 2007), random.int(0, 11), random.int(1, 28));
  if (!variations || random.chance(0.5)) return time;
  return random.chance(0.5) ? isoOf(time).slice(0, 10) : isoOf(time);
};

/** None, texts or objects: all three have been seen under the same key. */
const furtherOf = (random: Random, key: 'email' | 'phone', variations: boolean): JsonValue => {
  if (!random.chance(0.1)) return [];
  const value = key === 'email' ? `second.${random.id(6).toLowerCase()}@example.org` : '+15125550142';
  if (!variations || random.chance(0.5)) return [value];
  return [
    key === 'email' ? { email: value } : { phone: value, phoneLabel: random.chance(0.5) ? 'Work' : null },
  ];
};

const dndOf = (random: Random): JsonObject => {
  if (random.chance(0.7)) return {};
  const status = random.pick(['active', 'inactive', 'permanent']);
  const channel = { status, message: "Updated by 'Pat Doe' at 2025-03-01T10:00:00.000Z", code: '103' };
  return {
    dndSettings: { Email: channel, SMS: { status }, ...(random.chance(0.3) ? { RCS: { status } } : {}) },
    ...(random.chance(0.2) ? { inboundDndSettings: { all: { status, message: '' } } } : {}),
  };
};

const embeddedOpportunities = (location: LocationSeed, ordinal: number): JsonValue =>
  opportunitiesOf(location, ordinal)
    .map((opportunity) => dealAt(location, opportunity))
    .map(({ id, stage, status, monetaryValue }) => ({
      pipelineId: stage.pipelineId,
      id,
      monetaryValue,
      pipelineStageId: stage.id,
      status,
    }));

const addressOf = (random: Random): JsonObject => {
  const place = placeOf(random);
  const known = random.chance(0.6);
  return {
    address: known ? `${random.int(1, 900)} Example Way` : null,
    city: known ? place.city : null,
    state: known ? place.state : null,
    postalCode: known ? place.postalCode : null,
    country: 'US',
    timezone: known ? place.timezone : null,
  };
};

const namesOf = ({ firstName, lastName }: Person, random: Random, variations: boolean): JsonObject => ({
  firstNameLowerCase: firstName.toLowerCase(),
  lastNameLowerCase: lastName.toLowerCase(),
  // Rows written before the middle of 2025 have been seen without the names as they were typed.
  ...(variations && random.chance(0.05) ? {} : { firstName, lastName }),
});

const without = (row: JsonObject, keys: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(row).filter(([key]) => !keys.includes(key)));

const describe = (location: LocationSeed, ordinal: number, random: Random): JsonObject => {
  const { variations } = location;
  const person = personAt(location, ordinal);
  const type = random.pick(['lead', 'lead', 'customer']);
  return {
    phoneLabel: random.chance(0.1) ? 'Mobile' : null,
    ...addressOf(random),
    source: random.pick(SOURCES),
    type,
    locationId: location.id,
    website: random.chance(0.1) ? 'example.com' : null,
    dnd: random.chance(0.08),
    ...dndOf(random),
    businessName: person.companyName,
    customFields: contactCustomFields(random, location.customFields, variations),
    tags: TAGS.filter(() => random.chance(0.15)),
    additionalEmails: furtherOf(random, 'email', variations),
    phone: person.phone,
    companyName: person.companyName,
    additionalPhones: furtherOf(random, 'phone', variations),
    dateOfBirth: birthOf(random, variations),
    ...namesOf(person, random, variations),
    email: person.email,
    assignedTo: random.chance(0.5) ? random.pick(location.users) : null,
    followers: location.users.filter(() => random.chance(0.1)),
    validEmail: random.chance(0.3) ? random.chance(0.9) : null,
    opportunities: embeddedOpportunities(location, ordinal),
    businessId: null,
    ...(random.chance(0.4) ? { attributionSource: contactAttribution(random) } : {}),
  };
};

/** The contacts of a location, as a search answers them but for `searchAfter`. */
export const contactRows = (location: LocationSeed): SeededRows => {
  const { addedAt, updatedAt } = createRowTimes(location, 'contact');
  const idAt = (ordinal: number): string => contactIdAt(location, ordinal);
  return {
    count: location.contactCount,
    idAt,
    tieAt: idAt,
    addedAt,
    updatedAt,
    rowAt: (ordinal) => {
      const random = rowRandom(location, 'contact', ordinal);
      const updated = updatedAt(ordinal);
      const row = {
        id: idAt(ordinal),
        ...describe(location, ordinal, random),
        dateAdded: isoOf(addedAt(ordinal)),
        ...(Number.isNaN(updated) ? {} : { dateUpdated: isoOf(updated) }),
      };
      const dropped = location.variations ? OPTIONAL_KEYS.filter(() => random.chance(0.04)) : [];
      return dropped.length === 0 ? row : without(row, dropped);
    },
  };
};
