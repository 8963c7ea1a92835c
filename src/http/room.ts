import type { Reservation } from '../foundation/byte-budget.ts';

/** Room in memory for the answer to a request. It is asked for each time the request is sent. */
export interface Room {
  /** Without waiting; undefined when there is none. */
  readonly takeNow: () => Reservation | undefined;
  readonly take: () => Promise<Reservation>;
}
