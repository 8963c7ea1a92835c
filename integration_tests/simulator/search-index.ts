import type { JsonObject } from '../../src/foundation/json.ts';
import { type TimeKey, timeOf } from './field-spec.ts';
import type { RowStore, SeededRows } from './row-store.ts';
import {
  type Columns,
  createSortedView,
  type SearchQuery,
  type SortedView,
  type View,
} from './sorted-view.ts';

/** Where a kind of row keeps what the index sorts and breaks ties by. */
export interface IndexKeys {
  readonly added: string;
  readonly updated: string;
  readonly tieOf: (row: JsonObject) => string;
}

export interface SearchIndex {
  /** Lets the index catch up with `now` first. */
  readonly view: (query: SearchQuery, now: number) => View;
}

/** Beyond these, sorting anew is cheaper than mending. */
const MOST_CHANGES_MENDED = 200;
const MOST_VIEWS = 16;

const EMPTY: JsonObject = {};

/** Keeps views sorted while rows change, so that a page costs a binary search and its own rows. */
export const createSearchIndex = (store: RowStore, seeded: SeededRows, keys: IndexKeys): SearchIndex => {
  const times: Record<TimeKey, number[]> = { added: [], updated: [] };
  const views = new Map<string, SortedView>();
  /** Of all rows, one for each sort, so that a new question costs no sorting. */
  const orders = new Map<string, SortedView>();
  const load = (): void => {
    for (let ordinal = times.added.length; ordinal < seeded.count; ordinal += 1) {
      times.added.push(seeded.addedAt(ordinal));
      times.updated.push(seeded.updatedAt(ordinal));
    }
  };
  const columns: Columns = {
    time: (ordinal, key) => times[key][ordinal] ?? Number.NaN,
    row: (ordinal) => store.searchable(ordinal) ?? EMPTY,
    tie: (ordinal) => (store.untouched(ordinal) ? seeded.tieAt(ordinal) : keys.tieOf(columns.row(ordinal))),
    exists: (ordinal) => store.untouched(ordinal) || store.searchable(ordinal) !== undefined,
    size: store.size,
  };
  const settle = (now: number): void => {
    const changed = store.settle(now);
    if (changed.length > MOST_CHANGES_MENDED) {
      views.clear();
      orders.clear();
    }
    const kept = [...views.values(), ...orders.values()];
    for (const view of kept) changed.forEach(view.remove);
    for (const ordinal of changed) {
      times.added[ordinal] = timeOf(columns.row(ordinal)[keys.added]);
      times.updated[ordinal] = timeOf(columns.row(ordinal)[keys.updated]);
    }
    for (const view of kept) changed.forEach(view.insert);
  };
  const viewOf = (query: SearchQuery): SortedView => {
    const { order: name, sort, bounds } = query;
    // Columns other than the two times are read from the rows, which is too much for rows that do not match.
    if (sort.some(({ field }) => field.time === undefined)) return createSortedView(columns, query);
    const all = orders.get(name) ?? createSortedView(columns, { sort, matches: undefined });
    orders.set(name, all);
    return createSortedView(columns, query, { ordinals: all.ordinals(bounds), order: all.order });
  };
  return {
    view: (query, now) => {
      load();
      settle(now);
      const view = views.get(query.signature) ?? viewOf(query);
      views.delete(query.signature);
      views.set(query.signature, view);
      for (const oldest of [...views.keys()].slice(0, -MOST_VIEWS)) views.delete(oldest);
      return view;
    },
  };
};
