import type { SearchStream } from './definition.ts';
import type { LocationCursor } from './location-cursor.ts';
import type { ReadContext } from './read-context.ts';
import type { RowsEvent } from './read-event.ts';

/** A checkpoint covers every row of its location that came before it. */
export type SearchEvent =
  | RowsEvent
  /** HighLevel counts rows that it does not give. */
  | { readonly kind: 'gap' }
  | { readonly kind: 'checkpoint'; readonly cursor: LocationCursor };

/** What to read of one location by search. */
export interface SearchRead {
  readonly stream: SearchStream;
  readonly state: LocationCursor | undefined;
  /** Epoch ms; rows last changed before are not asked for. */
  readonly startDate: number | undefined;
  /** How far before its cursor an incremental read begins again: the search index lags, and clocks differ. */
  readonly lookbackMs: number;
  readonly context: ReadContext;
}
