import type { JsonObject } from '../../src/foundation/json.ts';
import type { SyncMode } from '../../src/protocol/messages.ts';
import type { SimulatorOptions } from '../simulator/options.ts';

/** A state as a released version wrote it, and all that is needed to go on from it. */
export interface StateFixture {
  /** What is special about it. */
  readonly description: string;
  readonly stream: string;
  readonly mode: SyncMode;
  /** Of the simulator. */
  readonly world: SimulatorOptions;
  /** Of the sync that goes on. */
  readonly settings: JsonObject;
  /** The job that the state belongs to; a retry of it goes on. */
  readonly job: string | null;
  /** HighLevel's time then: cursors grow old, and what is old is read anew. */
  readonly captured_at: string;
  /** Distinct rows that had been emitted by then; null where the world had changed since it was made. */
  readonly rows_read: number | null;
  /** Distinct rows of a whole read with these settings; null where all that there are are read. */
  readonly rows_in_all: number | null;
  readonly state: JsonObject;
}
