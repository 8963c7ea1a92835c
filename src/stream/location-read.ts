import type { JsonObject } from '../foundation/json.ts';
import type { ReadContext } from './read-context.ts';

/** What to read of one location, whichever way the stream is read. */
export interface LocationRead {
  /** The location's part of the state, as it was given or written last. */
  readonly state: JsonObject | undefined;
  /** Epoch ms; rows last changed before are not emitted. */
  readonly startDate: number | undefined;
  /** How far before its cursor an incremental read begins again: lists lag, and clocks differ. */
  readonly lookbackMs: number;
  /** Overrides what streams read by windows read again at each sync. */
  readonly trailingDays: number | undefined;
  /** The platform's job, by which a retry of a full refresh is told from a new one. */
  readonly job: string | undefined;
  readonly context: ReadContext;
}
