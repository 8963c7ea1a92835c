import type { ByteBudget } from '../foundation/byte-budget.ts';
import type { Log } from '../foundation/log.ts';
import type { HttpRequest, HttpResponse } from '../http/client.ts';
import type { PageMemory } from './page-memory.ts';

/** What reading one stream of one location needs from the sync around it. */
export interface ReadContext {
  readonly locationId: string;
  /** Sends with the location's token, quota and scope; `maxAttempts` overrides the requester's. */
  readonly send: (request: HttpRequest, options?: { readonly maxAttempts?: number }) => Promise<HttpResponse>;
  /** Epoch milliseconds by HighLevel's clock: the machine's own may be wrong. */
  readonly serverNow: () => Promise<number>;
  readonly budget: ByteBudget;
  /** Shared by the whole sync. */
  readonly pages: PageMemory;
  readonly log: Log;
  /** True when the sync's time is over: an incremental read ends at its next page. */
  readonly isOver: () => boolean;
}
