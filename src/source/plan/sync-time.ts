import { DEFAULT_AT_ONCE } from '../../http/requester.ts';

/** What times are reckoned with; they are measured in docs/performance.md. */
export const ASSUMED = { answerMs: 300, rowsPerSecond: 8_000, requestsInFlight: DEFAULT_AT_ONCE } as const;

interface Load {
  readonly requests: number;
  /** Requests under way at once. */
  readonly atOnce: number;
  /** Requests a second that our share of the quota allows. */
  readonly ratePerSecond: number;
}

/** Seconds that one location takes: its quota bounds it, or the wait for one answer before the next request. */
export const locationSeconds = ({ requests, atOnce, ratePerSecond }: Load): number =>
  requests / Math.min(ratePerSecond, (Math.max(1, atOnce) * 1000) / ASSUMED.answerMs);

interface StreamLoad {
  /** Of each location. */
  readonly seconds: readonly number[];
  readonly requests: number;
  readonly rows: number;
  readonly inFlight: number;
}

/**
 * Seconds that a stream takes over all its locations, which are read side by side: the longest location decides, unless
 * there are so many that they wait for each other's answers, or for our own work.
 */
export const streamSeconds = ({ seconds, requests, rows, inFlight }: StreamLoad): number =>
  seconds.reduce(
    (longest, one) => Math.max(longest, one),
    Math.max((requests * ASSUMED.answerMs) / 1000 / inFlight, rows / ASSUMED.rowsPerSecond),
  );
