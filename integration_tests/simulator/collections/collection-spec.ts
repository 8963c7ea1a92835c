import type { JsonObject } from '../../../src/foundation/json.ts';
import type { Random } from '../random.ts';
import type { CollectionKind } from './kinds.ts';

/** What the rows of a collection are made from, the same for the same seed. */
export interface CollectionSeed {
  readonly locationId: string;
  /** The row's own draws. */
  readonly random: (ordinal: number) => Random;
  /** Milliseconds since the epoch. */
  readonly addedAt: (ordinal: number) => number;
  /** Types and keys vary from row to row as they do in the wild. */
  readonly variations: boolean;
  /** A contact or user of the location; any number will do. */
  readonly contactId: (ordinal: number) => string;
  readonly userId: (ordinal: number) => string;
  /** Ids of another collection's rows, as they were seeded. */
  readonly idsOf: (kind: CollectionKind) => readonly string[];
}

/** One kind of rows that a location has, besides contacts and deals. */
export interface CollectionSpec {
  /** The API's name of the row's id. */
  readonly idKey: 'id' | '_id';
  /** 24 hexadecimal digits for what lives in the payments database, else 20 letters and digits. */
  readonly idShape: 'crm' | 'hex';
  /** The id of a seeded row that has to be a known one. */
  readonly idAt?: (seed: CollectionSeed, ordinal: number) => string | undefined;
  /** The API's names of the times; absent where rows carry none. */
  readonly addedKey?: string;
  readonly updatedKey?: string;
  /** How the API writes these times. @default 'iso' */
  readonly time?: 'iso' | 'epoch_ms';
  /** True if lists show a write only after the lag of the search index. */
  readonly isIndexed?: boolean;
  /** Rows of a location that does not say. */
  readonly count: number;
  /** A row without its id and times. */
  readonly row: (seed: CollectionSeed, ordinal: number) => JsonObject;
}
