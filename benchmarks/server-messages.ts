import type { CollectionCounts } from '../integration_tests/simulator/collections/create-collections.ts';
import type { JsonObject } from '../src/foundation/json.ts';

/** What the simulator in its own process is to be. */
export interface ServerOptions {
  /** How many, or the contacts of each. */
  readonly locations: number | readonly { readonly contacts: number }[];
  readonly contactsPerLocation?: number;
  readonly opportunitiesPerLocation?: number;
  /** Of the other kinds, in each. */
  readonly rows?: CollectionCounts;
  readonly latencyMs?: number;
  /** No limits, and headers that say so; else those of HighLevel. */
  readonly isUnlimited?: boolean;
  /** Pages that are made once and kept, so that nobody waits for rows to be made. @default 0 */
  readonly keptPageBytes?: number;
  /** Added to each contact. */
  readonly extraRowBytes?: number;
  /** Another client of the first location's bucket. */
  readonly otherClient?: { readonly afterCalls: number; readonly perSecond: number };
}

export interface ServerReady {
  readonly kind: 'ready';
  readonly url: string;
  readonly config: JsonObject;
  readonly locationTokens: readonly (readonly [locationId: string, token: string])[];
}

export interface SeenCall {
  readonly path: string;
  readonly locationId?: string | undefined;
  readonly status: number;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** What has happened since they were asked for before. */
export interface ServerFigures {
  readonly kind: 'figures';
  readonly calls: readonly SeenCall[];
  /** Epoch milliseconds, all since the start. */
  readonly otherRequestsAt: readonly number[];
  /** Of the time, how much the simulator's thread was at work: near 1 it was what everybody waited for. */
  readonly busyShare: number;
  readonly cpuMs: number;
}
