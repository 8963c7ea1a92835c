import type { ByteBudget } from '../foundation/byte-budget.ts';
import type { Log } from '../foundation/log.ts';
import type { HttpRequest, HttpResponse } from '../http/client.ts';
import type { Room } from '../http/room.ts';
import type { PageMemory } from './page-memory.ts';

export interface SendOptions {
  /** The OAuth scope that the request needs. */
  readonly scope: string | undefined;
  /** Overrides the requester's. */
  readonly maxAttempts?: number;
  /** Answers besides 2xx that are returned as they are. */
  readonly accepts?: (response: HttpResponse) => boolean;
  readonly room: Room;
}

/** What reading one stream of one location needs from the sync around it. */
export interface ReadContext {
  readonly locationId: string;
  /** Sends with the location's token and quota. */
  readonly send: (request: HttpRequest, options: SendOptions) => Promise<HttpResponse>;
  /** Epoch milliseconds by HighLevel's clock: the machine's own may be wrong. */
  readonly serverNow: () => Promise<number>;
  /** Requests of this location at once, where they do not depend on each other; at least 1. */
  readonly parallel: number;
  readonly budget: ByteBudget;
  /** Shared by the whole sync. */
  readonly pages: PageMemory;
  readonly log: Log;
  /** Told of each list that was read to its end: how many ids it gave, and how many rows HighLevel says it has. */
  readonly counted?: ((ids: number, expected: number) => void) | undefined;
  /** Told of each search, as soon as it is known, how many rows it is to give. */
  readonly expects?: ((rows: number) => void) | undefined;
  /** Rows that are still to come, if anybody knows: whoever has most of them ends last, and its requests go first. */
  readonly rowsLeft: () => number | undefined;
  /** True when the sync's time is over: an incremental read ends at its next page. */
  readonly isOver: () => boolean;
}
