import type { JsonObject, JsonValue } from '../../../src/foundation/json.ts';
import { textAt } from '../../../src/foundation/json.ts';
import { isoOf } from '../location-seed.ts';
import { hashOf, rowId } from '../random.ts';
import { createRowStore, type RowStore } from '../row-store.ts';
import type { WriteClock, WriteOptions } from '../table.ts';
import type { CollectionSeed, CollectionSpec } from './collection-spec.ts';

/** One location's rows of one kind. */
export interface Collection {
  /** The truth: all rows as they are, oldest first. */
  readonly rows: () => readonly JsonObject[];
  /** What lists show now, oldest first: rows come and change there after the index's lag, if the kind has one. */
  readonly listed: () => readonly JsonObject[];
  readonly find: (id: string) => JsonObject | undefined;
  /** `fields` go over a seeded row whose times are now. */
  readonly add: (fields?: JsonObject, write?: WriteOptions) => JsonObject;
  readonly update: (id: string, changes: JsonObject, write?: WriteOptions) => JsonObject;
  readonly remove: (id: string, write?: WriteOptions) => void;
  /** Replaces every row by these, verbatim and shown at once. */
  readonly set: (rows: readonly JsonObject[]) => void;
}

interface CollectionOptions {
  readonly seed: CollectionSeed;
  /** A number of the location and kind, from which ids are made. */
  readonly salt: number;
  readonly count: number;
  readonly clock: WriteClock;
}

interface IdSource {
  readonly seed: CollectionSeed;
  readonly salt: number;
}

/** The id of a seeded row, without making the row. */
export const seededId = (
  { idShape, idAt }: CollectionSpec,
  { seed, salt }: IdSource,
  ordinal: number,
): string => {
  const known = idAt?.(seed, ordinal);
  if (known !== undefined) return known;
  if (idShape === 'crm') return rowId(salt, ordinal);
  const hex = (value: number): string => (value >>> 0).toString(16).padStart(8, '0');
  return `65${hex(hashOf(salt, 1)).slice(2)}${hex(hashOf(salt, ordinal))}${hex(ordinal)}`;
};

const without = (row: JsonObject, keys: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(row).filter(([key]) => !keys.includes(key)));

type Shape = (row: JsonObject) => JsonObject;

/** Made once of each row: lists look at every row for every page. */
const once = (shape: Shape): Shape => {
  const made = new WeakMap<JsonObject, JsonObject>();
  return (row) => {
    const known = made.get(row) ?? shape(row);
    made.set(row, known);
    return known;
  };
};

/** Rows live in a store that knows them by `id`; kinds whose id is `_id` are carried with both. */
const shapesOf = ({ idKey }: CollectionSpec): { readonly stored: Shape; readonly shown: Shape } =>
  idKey === 'id'
    ? { stored: (row) => row, shown: (row) => row }
    : {
        stored: once((row) => ({ ...row, id: row['_id'] ?? null })),
        shown: once((row) => without(row, ['id'])),
      };

const listedIn = (store: RowStore): readonly JsonObject[] =>
  Array.from({ length: store.size() }, (_, ordinal) => store.searchable(ordinal)).filter(
    (row) => row !== undefined,
  );

interface Rows {
  readonly store: RowStore;
  readonly stored: Shape;
  readonly shown: Shape;
  /** The seeded row of an ordinal, also beyond those that the location began with. */
  readonly make: (ordinal: number) => JsonObject;
  /** The row with `key` set to an instant; without a change for kinds that have no such key. */
  readonly stamp: (key: string | undefined, epochMs: number) => JsonObject;
}

const createRows = (spec: CollectionSpec, options: CollectionOptions): Rows => {
  const { seed, count } = options;
  const { addedKey, updatedKey, time = 'iso' } = spec;
  const { stored, shown } = shapesOf(spec);
  const instant = (epochMs: number): JsonValue => (time === 'iso' ? isoOf(epochMs) : epochMs);
  const stamp = (key: string | undefined, epochMs: number): JsonObject =>
    key === undefined ? {} : { [key]: instant(epochMs) };
  // Made once: lists look at every row for every page.
  const made = new Map<number, JsonObject>();
  const make = (ordinal: number): JsonObject => {
    const known = made.get(ordinal);
    if (known !== undefined) return known;
    const row: JsonObject = {
      [spec.idKey]: seededId(spec, options, ordinal),
      ...spec.row(seed, ordinal),
      ...stamp(addedKey, seed.addedAt(ordinal)),
      ...stamp(updatedKey, seed.addedAt(ordinal)),
    };
    made.set(ordinal, row);
    return row;
  };
  const store = createRowStore({
    count,
    idAt: (ordinal) => seededId(spec, options, ordinal),
    tieAt: () => '',
    addedAt: seed.addedAt,
    updatedAt: seed.addedAt,
    rowAt: (ordinal) => stored(make(ordinal)),
  });
  return { store, stored, shown, make, stamp };
};

export const createCollection = (spec: CollectionSpec, options: CollectionOptions): Collection => {
  const { clock } = options;
  const { addedKey, updatedKey } = spec;
  const { store, stored, shown, make, stamp } = createRows(spec, options);
  let listed: readonly JsonObject[] | undefined;
  const visibleAt = ({ lagMs = clock.lagMs() }: WriteOptions): number =>
    clock.now() + (spec.isIndexed === true ? lagMs : 0);
  const put = (row: JsonObject, write: WriteOptions): JsonObject => {
    store.put(stored(row), visibleAt(write));
    return row;
  };
  /** With the update time of a write: now, unless the write or the row says otherwise. */
  const touched = (row: JsonObject, changes: JsonObject, write: WriteOptions): JsonObject => {
    const isGiven = updatedKey !== undefined && updatedKey in changes;
    const { updatedAt = isGiven ? 'keep' : clock.now(), without: lost = [] } = write;
    const dropped = updatedAt === 'none' && updatedKey !== undefined ? [...lost, updatedKey] : lost;
    return without({ ...row, ...(typeof updatedAt === 'number' && stamp(updatedKey, updatedAt)) }, dropped);
  };
  const find = (id: string): JsonObject | undefined => {
    const row = store.find(id);
    return row === undefined ? undefined : shown(row);
  };
  return {
    rows: () => store.rows().map((row) => shown(row)),
    listed: () => {
      if (store.settle(clock.now()).length > 0) listed = undefined;
      listed ??= listedIn(store).map((row) => shown(row));
      return listed;
    },
    find,
    add: (fields = {}, write = {}) => {
      const fresh = { ...make(store.size()), ...stamp(addedKey, clock.now()), ...fields };
      return put(touched(fresh, fields, write), write);
    },
    update: (id, changes, write = {}) => {
      const row = find(id);
      if (row === undefined) throw new RangeError(`There is no row ${id}.`);
      return put(touched({ ...row, ...changes }, changes, write), write);
    },
    remove: (id, write = {}) => {
      store.remove(id, visibleAt(write));
    },
    set: (rows) => {
      const now = clock.now();
      for (const row of store.rows()) store.remove(textAt(row, 'id') ?? '', now);
      for (const row of rows) store.put(stored(row), now);
    },
  };
};
