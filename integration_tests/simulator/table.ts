import type { JsonObject } from '../../src/foundation/json.ts';
import { isoOf } from './location-seed.ts';
import { createRowStore, type SeededRows } from './row-store.ts';
import { createSearchIndex, type IndexKeys, type SearchIndex } from './search-index.ts';
import { textOf } from './text-of.ts';

export interface WriteOptions {
  /** The row's update time in milliseconds: now if absent; `keep` leaves it alone, `none` takes the field away. */
  readonly updatedAt?: number | 'keep' | 'none';
  /** How long searches do not see this write; the `indexLagMs` knob if absent. */
  readonly lagMs?: number;
  /** Keys the row is to lose. */
  readonly without?: readonly string[];
}

/** One location's rows of one kind: written here, searched in `index`. */
export interface Table {
  readonly index: SearchIndex;
  readonly rows: () => readonly JsonObject[];
  readonly find: (id: string) => JsonObject | undefined;
  readonly add: (fields: JsonObject, write?: WriteOptions) => JsonObject;
  readonly update: (id: string, changes: JsonObject, write?: WriteOptions) => JsonObject;
  readonly remove: (id: string, write?: WriteOptions) => void;
  /** Replaces every row by these, verbatim and searchable at once. */
  readonly set: (rows: readonly JsonObject[]) => void;
}

export interface WriteClock {
  readonly now: () => number;
  readonly lagMs: () => number;
}

export interface TableOptions {
  readonly seeded: SeededRows;
  readonly keys: IndexKeys;
  readonly clock: WriteClock;
  /** Turns a seeded row into a new one. */
  readonly fresh: (row: JsonObject, fields: JsonObject) => JsonObject;
}

const without = (row: JsonObject, keys: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(row).filter(([key]) => !keys.includes(key)));

export const createTable = ({ seeded, keys, clock, fresh }: TableOptions): Table => {
  const store = createRowStore(seeded);
  const visibleAt = ({ lagMs = clock.lagMs() }: WriteOptions): number => clock.now() + lagMs;
  const save = (row: JsonObject, changes: JsonObject, write: WriteOptions): JsonObject => {
    const { updatedAt = keys.updated in changes ? 'keep' : clock.now(), without: lost = [] } = write;
    const dropped = updatedAt === 'none' ? [...lost, keys.updated] : lost;
    const touched = typeof updatedAt === 'number' ? { [keys.updated]: isoOf(updatedAt) } : {};
    const saved = without({ ...row, ...changes, ...touched }, dropped);
    store.put(saved, visibleAt(write));
    return saved;
  };
  const existing = (id: string): JsonObject => {
    const row = store.find(id);
    if (row === undefined) throw new RangeError(`There is no row ${id}.`);
    return row;
  };
  return {
    index: createSearchIndex(store, seeded, keys),
    rows: store.rows,
    find: store.find,
    add: (fields, write = {}) => {
      const created = { [keys.added]: isoOf(clock.now()), ...fields };
      return save(fresh(seeded.rowAt(store.size()), fields), created, write);
    },
    update: (id, changes, write = {}) => save(existing(id), changes, write),
    remove: (id, write = {}) => {
      store.remove(id, visibleAt(write));
    },
    set: (rows) => {
      const now = clock.now();
      for (const { id } of store.rows()) store.remove(textOf(id), now);
      for (const row of rows) store.put(row, now);
    },
  };
};
