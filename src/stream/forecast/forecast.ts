import type { Amount } from './amount.ts';

/** What reading one location of a stream is expected to bring and to cost. */
export interface Forecast {
  /** Rows that are emitted. */
  readonly rows: Amount;
  /** Requests to the location's quota; those of lookups are not among them. */
  readonly requests: Amount;
  /** Requests under way at once, where they do not depend on each other. */
  readonly atOnce: number;
}
