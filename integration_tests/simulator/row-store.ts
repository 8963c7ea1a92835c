import type { JsonObject } from '../../src/foundation/json.ts';
import { textAt } from '../../src/foundation/json.ts';

/** Rows that are made from the seed when somebody looks at them, so that a million of them cost next to nothing. */
export interface SeededRows {
  readonly count: number;
  readonly idAt: (ordinal: number) => string;
  /** What ties in a sort are broken by. */
  readonly tieAt: (ordinal: number) => string;
  /** Milliseconds since the epoch; NaN for a row without one. */
  readonly addedAt: (ordinal: number) => number;
  /** Milliseconds since the epoch; NaN for a row without one. */
  readonly updatedAt: (ordinal: number) => number;
  readonly rowAt: (ordinal: number) => JsonObject;
}

/** One location's rows of one kind in two versions: as they are, and as the search index knows them. */
export interface RowStore {
  /** Ordinals run from 0 to `size() - 1`; deleted rows keep theirs. */
  readonly size: () => number;
  readonly idAt: (ordinal: number) => string;
  readonly current: (ordinal: number) => JsonObject | undefined;
  readonly searchable: (ordinal: number) => JsonObject | undefined;
  /** True when the searchable version is still the seeded one. */
  readonly untouched: (ordinal: number) => boolean;
  readonly find: (id: string) => JsonObject | undefined;
  /** Adds the row, or replaces the one of the same id; searchable from `visibleAt` on. */
  readonly put: (row: JsonObject, visibleAt: number) => void;
  /** Gone at once, but found by searches until `visibleAt`. */
  readonly remove: (id: string, visibleAt: number) => void;
  /** Lets the index catch up with `now`; the ordinals whose searchable version changed. */
  readonly settle: (now: number) => readonly number[];
  /** All rows as they are. */
  readonly rows: () => readonly JsonObject[];
}

interface Pending {
  readonly ordinal: number;
  readonly row: JsonObject | undefined;
  readonly visibleAt: number;
}

const requiredId = (row: JsonObject): string => {
  const id = textAt(row, 'id');
  if (id === undefined) throw new TypeError('A row needs an id.');
  return id;
};

/** Numbers rows by id. The numbers of seeded rows are looked up only once somebody asks for one by its id. */
const createOrdinals = (seeded: SeededRows) => {
  const ids: string[] = [];
  let ordinals: Map<string, number> | undefined;
  const index = (): Map<string, number> => {
    ordinals ??= new Map(
      Array.from({ length: seeded.count }, (_, ordinal) => [seeded.idAt(ordinal), ordinal]),
    );
    return ordinals;
  };
  return {
    size: () => seeded.count + ids.length,
    idAt: (ordinal: number) =>
      ordinal < seeded.count ? seeded.idAt(ordinal) : (ids[ordinal - seeded.count] ?? ''),
    of: (id: string) => index().get(id),
    assign: (id: string): number => {
      const known = index().get(id);
      if (known !== undefined) return known;
      const ordinal = seeded.count + ids.length;
      ids.push(id);
      index().set(id, ordinal);
      return ordinal;
    },
  };
};

export const createRowStore = (seeded: SeededRows): RowStore => {
  const ordinals = createOrdinals(seeded);
  const written = new Map<number, JsonObject | undefined>();
  const indexed = new Map<number, JsonObject | undefined>();
  let pending: Pending[] = [];

  const version = (versions: ReadonlyMap<number, JsonObject | undefined>, ordinal: number) => {
    if (versions.has(ordinal)) return versions.get(ordinal);
    return ordinal < seeded.count ? seeded.rowAt(ordinal) : undefined;
  };
  const write = (ordinal: number, row: JsonObject | undefined, visibleAt: number): void => {
    written.set(ordinal, row);
    pending.push({ ordinal, row, visibleAt });
  };
  const find = (id: string): JsonObject | undefined => {
    const ordinal = ordinals.of(id);
    return ordinal === undefined ? undefined : version(written, ordinal);
  };
  return {
    size: ordinals.size,
    idAt: ordinals.idAt,
    current: (ordinal) => version(written, ordinal),
    searchable: (ordinal) => version(indexed, ordinal),
    untouched: (ordinal) => ordinal < seeded.count && !indexed.has(ordinal),
    find,
    put: (row, visibleAt) => {
      write(ordinals.assign(requiredId(row)), row, visibleAt);
    },
    remove: (id, visibleAt) => {
      const ordinal = ordinals.of(id);
      if (ordinal === undefined || find(id) === undefined) throw new RangeError(`There is no row ${id}.`);
      write(ordinal, undefined, visibleAt);
    },
    settle: (now) => {
      // A later write that came through first wins: an index never goes back to an older version.
      const latest = new Map<number, number>();
      pending.forEach(({ ordinal, visibleAt }, at) => {
        if (visibleAt <= now) latest.set(ordinal, at);
      });
      if (latest.size === 0) return [];
      for (const [ordinal, at] of latest) indexed.set(ordinal, pending[at]?.row);
      pending = pending.filter(({ ordinal }, at) => at > (latest.get(ordinal) ?? -1));
      return [...latest.keys()];
    },
    rows: () =>
      Array.from({ length: ordinals.size() }, (_, ordinal) => version(written, ordinal)).filter(
        (row) => row !== undefined,
      ),
  };
};
