import { type JsonObject, textAt } from '../../src/foundation/json.ts';
import type { World } from '../simulator/world.ts';
import type { RowEvent } from './schedule.ts';

/** How surely changes of a stream's rows are seen by the next sync. */
export type Guarantee =
  /** Each of them. */
  | 'all'
  /** Those of rows that came or were used of late; the others by the pass over everything. */
  | 'recent'
  /** New rows only; the others by the pass over everything. */
  | 'new';

/** A stream as a schedule plays it: how its rows come, change and go, and how their versions are told apart. */
export interface StreamTable {
  readonly stream: string;
  /** Where HighLevel keeps the rows: several streams may show the same ones. */
  readonly kind: string;
  readonly guarantee: Guarantee;
  readonly hasCursor: boolean;
  /** Whether a change moves the row to now, in the order by which the stream is read. */
  readonly isMovedByUse: boolean;
  /** What it takes to read it. */
  readonly scope: string;
  readonly add: (world: World, at: Place, text: string) => string;
  readonly change: (world: World, at: Place, id: string, text: string) => void;
  readonly remove: (world: World, at: Place, id: string) => void;
  /** The row of another kind that changes with it. */
  readonly owner?: (world: World, locationId: string, id: string) => Owner | undefined;
  /** Rows that the stream has to bring, as HighLevel has them. */
  readonly rows: (world: World, locationId: string) => readonly JsonObject[];
  /** What tells two versions of a row apart, in the API's row and in the record. */
  readonly ofRow: (row: JsonObject) => string;
  readonly ofRecord: (record: JsonObject) => string;
}

interface Owner {
  readonly kind: string;
  readonly id: string;
}

export interface Place {
  readonly locationId: string;
  /** Epoch ms, by HighLevel's clock. */
  readonly nowMs: number;
  /** What a new row says of its change, and whether one that changes is used. */
  readonly dates?: RowEvent['dates'];
}

export const rowIdOf = (row: JsonObject): string => textAt(row, 'id') ?? textAt(row, '_id') ?? '';
