import type { JsonObject } from '../foundation/json.ts';

/** What a reader says while it reads a location. */
export type ReadEvent =
  | {
      readonly kind: 'rows';
      readonly rows: readonly JsonObject[];
      /** Gives the rows' memory back before the next event is asked for; they are gone then. */
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

/** Rows that are left of a page; a sign of life where none is. */
export const rowsOrAlive = (rows: readonly JsonObject[], release?: () => void): RowsEvent | AliveEvent =>
  rows.length === 0 ? { kind: 'alive' } : { kind: 'rows', rows, ...(release !== undefined && { release }) };
