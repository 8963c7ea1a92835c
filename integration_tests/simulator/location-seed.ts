import type { CustomFieldDefinition } from './custom-field-definitions.ts';
import { type Person, personOf } from './people.ts';
import type { Stage } from './pipelines.ts';
import { createRandom, hashOf, type Random, rowId } from './random.ts';

/** Everything the rows of one location are made from. */
export interface LocationSeed {
  readonly seed: number;
  readonly id: string;
  readonly contactCount: number;
  readonly opportunityCount: number;
  /** Rows were created and updated between these two, in milliseconds since the epoch. */
  readonly oldestRowAt: number;
  readonly newestRowAt: number;
  readonly customFields: readonly CustomFieldDefinition[];
  readonly stages: readonly Stage[];
  readonly users: readonly string[];
  /** Types and keys vary from row to row as they do in the wild. */
  readonly variations: boolean;
  /** The share of rows without an update time. */
  readonly shareNeverUpdated: number;
}

/** What a row's own draws are mixed with, so that no two parts of it follow each other. */
const SALT = {
  contact: 11,
  person: 12,
  contactRow: 13,
  opportunity: 21,
  deal: 22,
  opportunityRow: 23,
} as const;
const TIME_SALT = { contact: 31, opportunity: 41 } as const;
const ROWS_PER_IMPORT = 100;
const SHARE_IMPORTED = 0.04;

export type SeededKind = keyof typeof TIME_SALT;

export const contactIdAt = ({ seed }: LocationSeed, ordinal: number): string =>
  rowId(hashOf(seed, SALT.contact), ordinal);

export const personAt = ({ seed }: LocationSeed, ordinal: number): Person =>
  personOf(createRandom(hashOf(seed, SALT.person, ordinal)));

export const opportunityIdAt = ({ seed }: LocationSeed, ordinal: number): string =>
  rowId(hashOf(seed, SALT.opportunity), ordinal);

/** The contact of an opportunity, by ordinal: a rule that can be turned round. */
export const contactOf = ({ contactCount }: LocationSeed, opportunity: number): number =>
  contactCount === 0 ? opportunity : opportunity % contactCount;

/** The opportunities of a contact, by ordinal. */
export const opportunitiesOf = (
  { contactCount, opportunityCount }: LocationSeed,
  contact: number,
): readonly number[] => {
  const ordinals: number[] = [];
  for (let ordinal = contact; ordinal < opportunityCount; ordinal += contactCount) ordinals.push(ordinal);
  return ordinals;
};

export const rowRandom = ({ seed }: LocationSeed, kind: SeededKind, ordinal: number): Random =>
  createRandom(hashOf(seed, kind === 'contact' ? SALT.contactRow : SALT.opportunityRow, ordinal));

export interface Deal {
  readonly id: string;
  readonly stage: Stage;
  readonly status: string;
  readonly monetaryValue: number | null;
}

const STATUSES = ['open', 'open', 'open', 'won', 'lost', 'abandoned'];

const moneyOf = (random: Random, variations: boolean): number | null => {
  if (variations && random.chance(0.03)) return null;
  if (random.chance(0.2)) return 0;
  return random.chance(0.6) ? random.int(1, 200) * 50 : random.int(1, 1_000_000) / 100;
};

/** What a contact tells of its opportunity, which is the core of the opportunity itself. */
export const dealAt = (location: LocationSeed, ordinal: number): Deal => {
  const random = createRandom(hashOf(location.seed, SALT.deal, ordinal));
  return {
    id: opportunityIdAt(location, ordinal),
    stage: random.pick(location.stages),
    status: random.pick(STATUSES),
    monetaryValue: moneyOf(random, location.variations),
  };
};

export interface RowTimes {
  readonly addedAt: (ordinal: number) => number;
  /** NaN for a row that has none. */
  readonly updatedAt: (ordinal: number) => number;
}

/** Times by ordinal, without making the row. Bulk imports leave many rows with one and the same millisecond. */
export const createRowTimes = (location: LocationSeed, kind: SeededKind): RowTimes => {
  const { seed, oldestRowAt, newestRowAt, shareNeverUpdated } = location;
  const salt = TIME_SALT[kind];
  const count = kind === 'contact' ? location.contactCount : location.opportunityCount;
  const imports = Math.max(1, Math.ceil((count * SHARE_IMPORTED) / ROWS_PER_IMPORT));
  const between = (random: Random, from: number): number =>
    Math.floor(from + (random.next() + random.next() / 0x1_0000_0000) * (newestRowAt - from));
  const importOf = (random: Random): number | undefined =>
    random.chance(SHARE_IMPORTED) ? random.int(0, imports - 1) : undefined;
  const addedBy = (random: Random): number => {
    const batch = importOf(random);
    return between(batch === undefined ? random : createRandom(hashOf(seed, salt, 1, batch)), oldestRowAt);
  };
  return {
    addedAt: (ordinal) => addedBy(createRandom(hashOf(seed, salt, 0, ordinal))),
    updatedAt: (ordinal) => {
      const random = createRandom(hashOf(seed, salt, 0, ordinal));
      const added = addedBy(random);
      if (random.chance(shareNeverUpdated)) return Number.NaN;
      if (random.chance(0.3)) return added;
      return random.chance(0.3)
        ? Math.min(newestRowAt, added + random.int(100, 90_000))
        : between(random, added);
    },
  };
};

/** An ISO text with milliseconds, as the API writes every time. */
export const isoOf = (time: number): string => new Date(time).toISOString();
