import type { Runtime } from '../foundation/runtime.ts';
import { type Permit, QuotaQueue } from './quota-queue.ts';
import type { BurstLimit } from './quota-window.ts';

/** Keeps within our share of each bucket's quota (a location's or the company's); buckets do not wait for each other. */
export interface RateLimiter {
  /**
   * Waits for its turn, first come, first served within a bucket.
   * @throws ConnectorError (transient) when the bucket's quota of the day, or our share of it, is used up
   * @throws the signal's reason when it is aborted first
   */
  readonly acquire: (bucket: string, signal?: AbortSignal) => Promise<Permit>;
  /** Without waiting; undefined when there is none at once. */
  readonly acquireNow: (bucket: string) => Permit | undefined;
  /** No permit before `epochMs` (local clock); the latest wins. */
  readonly pauseUntil: (bucket: string, epochMs: number) => void;
  /** Requests a second that a bucket allows, as the latest answer says; ours is a share of them. */
  readonly allowedPerSecond: () => number;
}

interface RateLimiterOptions {
  readonly runtime: Runtime;
  /** Our part of the quotas, above 0 and at most 1. */
  readonly share: number;
  /** Until an answer says otherwise. */
  readonly limit?: BurstLimit;
}

/** What HighLevel documents for an app in a location; its answers say the real one (25 for sandboxes). */
export const DOCUMENTED_LIMIT: BurstLimit = { max: 100, intervalMs: 10_000 };
const FEWEST_BUCKETS_TO_SWEEP = 100;

export const createRateLimiter = (options: RateLimiterOptions): RateLimiter => {
  const { runtime, share } = options;
  const queues = new Map<string, QuotaQueue>();
  let sweepAtSize = FEWEST_BUCKETS_TO_SWEEP;
  /** Buckets of one app have the same limit, so that a new one need not learn it by being refused. */
  let newestLimit = options.limit ?? DOCUMENTED_LIMIT;

  const sweep = (): void => {
    for (const [bucket, queue] of queues) if (queue.isIdle()) queues.delete(bucket);
    sweepAtSize = Math.max(FEWEST_BUCKETS_TO_SWEEP, queues.size * 2);
  };
  const queueOf = (bucket: string): QuotaQueue => {
    const known = queues.get(bucket);
    if (known !== undefined) return known;
    if (queues.size >= sweepAtSize) sweep();
    const queue = new QuotaQueue({ bucket, runtime, share, limit: newestLimit });
    queues.set(bucket, queue);
    return queue;
  };

  const learning = (queue: QuotaQueue, permit: Permit): Permit => ({
    ...permit,
    done: (headers) => {
      permit.done(headers);
      newestLimit = queue.limit;
    },
  });

  return {
    acquire: async (bucket, signal) => {
      signal?.throwIfAborted();
      const queue = queueOf(bucket);
      const turn = await queue.turn(signal);
      if (turn.kind === 'refused') throw turn.error;
      if (turn.kind === 'aborted') throw signal?.reason;
      return learning(queue, turn.permit);
    },
    acquireNow: (bucket) => {
      const queue = queueOf(bucket);
      const permit = queue.permitNow();
      return permit && learning(queue, permit);
    },
    pauseUntil: (bucket, epochMs) => {
      queueOf(bucket).pauseUntil(epochMs);
    },
    allowedPerSecond: () => (newestLimit.max / newestLimit.intervalMs) * 1000,
  };
};
