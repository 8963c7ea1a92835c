import { createByteBudget } from '../foundation/byte-budget.ts';
import { ConnectorError } from '../foundation/errors.ts';
import type { JsonObject } from '../foundation/json.ts';
import type { Lookup, LookupIndex } from './definition.ts';
import { isReadBy } from './definition.ts';
import type { ReadContext } from './read-context.ts';
import { readList } from './read-list.ts';
import { uncounted } from './uncounted.ts';

/** What is remembered of the lists that columns are filled from: one list a location and stream. */
export interface LookupTables {
  /**
   * The index that holds the ids, if they can be had: fetched the first time, and once more for ids that it lacks.
   * @returns undefined when the token may not read the list, which is warned about once
   * @throws ConnectorError when the list cannot be had for another reason
   */
  readonly indexFor: (
    lookup: Lookup,
    ids: ReadonlySet<string>,
    context: ReadContext,
  ) => Promise<LookupIndex | undefined>;
  /** A stream has read the location, and asks no more. What no other stream will ask for is forgotten. */
  readonly done: (lookup: Lookup, locationId: string) => void;
}

interface Table {
  readonly index: LookupIndex | undefined;
  /** Ids that were not there when the list was fetched again for them: they belong to what was deleted. */
  readonly unknown: ReadonlySet<string>;
}

const fetchIndex = async ({ of, index }: Lookup, context: ReadContext): Promise<LookupIndex> => {
  if (!isReadBy(of, 'list')) throw new TypeError(`${of.name} is no list that could be looked up.`);
  const rows: JsonObject[] = [];
  for await (const event of readList(of, uncounted(context)))
    if (event.kind === 'rows') rows.push(...event.rows);
  return index(rows);
};

/** Answers in memory at once; lists of definitions are small. */
const BYTES_IN_FLIGHT = 4 * 1024 * 1024;

/**
 * A scope that is missing, or a plan that does not cover it: nothing that would pass by itself. A sign-in that ends just
 * here says nothing of the list.
 */
const isForbidden = (thrown: unknown): thrown is ConnectorError =>
  thrown instanceof ConnectorError &&
  thrown.access === undefined &&
  thrown.reach !== 'sync' &&
  (thrown.reach === 'stream' || thrown.failureType === 'config_error');

const keyOf = ({ of }: Lookup, locationId: string): string => `${of.name} ${locationId}`;

/** Tells, each time a stream has read a location, whether it was the last of those that look into the list. */
const createLastOf = (lookups: readonly Lookup[]): ((lookup: Lookup, locationId: string) => boolean) => {
  const doneBy = new Map<string, number>();
  return (lookup, locationId) => {
    const key = keyOf(lookup, locationId);
    const readers = lookups.filter(({ of }) => of.name === lookup.of.name).length;
    const count = (doneBy.get(key) ?? 0) + 1;
    if (count < readers) doneBy.set(key, count);
    else doneBy.delete(key);
    return count >= readers;
  };
};

/** @param lookups of all streams that are to be read, one of each */
export const createLookupTables = (lookups: readonly Lookup[]): LookupTables => {
  const tables = new Map<string, Table>();
  const isLast = createLastOf(lookups);
  // Of its own: whoever asks holds a page of the rows that are to be filled.
  const budget = createByteBudget(BYTES_IN_FLIGHT);
  /** Lists that are being fetched: streams of one location that look into the same list wait for each other. */
  const fetching = new Map<string, Promise<unknown>>();
  let hasWarned = false;

  const fetchTable = async (
    lookup: Lookup,
    ids: ReadonlySet<string>,
    context: ReadContext,
  ): Promise<Table> => {
    try {
      const index = await fetchIndex(lookup, { ...context, budget });
      return { index, unknown: new Set([...ids].filter((id) => !index.has(id))) };
    } catch (thrown) {
      if (!isForbidden(thrown)) throw thrown;
      if (!hasWarned) context.log.warn(`The column ${lookup.column} stays empty. ${thrown.message}`);
      hasWarned = true;
      return { index: undefined, unknown: new Set() };
    }
  };

  const fetchAndKeep = async (
    key: string,
    ...asked: Parameters<typeof fetchTable>
  ): Promise<LookupIndex | undefined> => {
    const before = tables.get(key)?.unknown ?? [];
    const { index, unknown } = await fetchTable(...asked);
    tables.set(key, { index, unknown: new Set([...before, ...unknown]) });
    return index;
  };

  return {
    indexFor: async (lookup, ids, context) => {
      const key = keyOf(lookup, context.locationId);
      // Whether it failed is told to who fetched it; the next one tries for itself.
      for (let other = fetching.get(key); other !== undefined; other = fetching.get(key))
        await other.catch(() => undefined);
      const table = tables.get(key);
      const isKnown = (id: string): boolean =>
        table?.index?.has(id) === true || table?.unknown.has(id) === true;
      const isGood = table !== undefined && (table.index === undefined || [...ids].every(isKnown));
      if (isGood) return table.index;
      const fetched = fetchAndKeep(key, lookup, ids, context).finally(() => fetching.delete(key));
      fetching.set(key, fetched);
      return fetched;
    },
    done: (lookup, locationId) => {
      if (isLast(lookup, locationId)) tables.delete(keyOf(lookup, locationId));
    },
  };
};
