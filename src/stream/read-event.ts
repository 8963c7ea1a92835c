import type { JsonObject } from '../foundation/json.ts';

/** What a reader says while it reads a location. */
export type ReadEvent =
  | {
      readonly kind: 'rows';
      readonly rows: readonly JsonObject[];
      /** Gives the rows' memory back: whoever has taken them calls it, and they are gone then. */
      readonly release?: () => void;
    }
  /** Covers every row of the location that came before it; goes into the state as it is. */
  | { readonly kind: 'checkpoint'; readonly cursor: JsonObject }
  /** A row may be missing: what follows must not be taken for complete. */
  | { readonly kind: 'gap' }
  /** Something was read, and nothing of it is to be emitted: a sign of life. */
  | { readonly kind: 'alive' };

export type RowsEvent = Extract<ReadEvent, { kind: 'rows' }>;
export type AliveEvent = Extract<ReadEvent, { kind: 'alive' }>;

/**
 * Rows made of those of a page. A generator that has yielded an array may hold on to it until it is resumed and even
 * longer, so `release` empties it.
 *
 * @param rows nobody else's
 * @param release the page's
 */
export const rowsOfPage = (rows: JsonObject[], release?: () => void): Required<RowsEvent> => ({
  kind: 'rows',
  rows,
  release: () => {
    rows.length = 0;
    release?.();
  },
});

/** Rows that are left of a page; a sign of life where none is. */
export const rowsOrAlive = (rows: JsonObject[], release?: () => void): RowsEvent | AliveEvent =>
  rows.length === 0 ? { kind: 'alive' } : rowsOfPage(rows, release);
