import type { ConnectorError } from '../foundation/errors.ts';
import type { Runtime } from '../foundation/runtime.ts';
import { backoffMs, parseRetryAfterMs } from './backoff.ts';
import type { HttpResponse } from './client.ts';
import { dailyQuotaError } from './daily-quota-error.ts';
import { readRateLimitHeaders } from './rate-limit-headers.ts';
import type { RateLimiter } from './rate-limiter.ts';
import type { RetryBudget } from './retry-budget.ts';
import type { ServerClock } from './server-clock.ts';

export interface Failure {
  readonly error: ConnectorError;
  readonly response?: HttpResponse;
}

export interface WaitContext {
  readonly bucket?: string;
  readonly purpose: string;
  readonly signal?: AbortSignal;
  readonly onRateLimited?: (resetAtMs: number) => void;
}

/** The waits between two attempts. Both throw when the budget is used up. */
export interface Waits {
  readonly beforeRetry: (failure: Failure, context: WaitContext, budget: RetryBudget) => Promise<void>;
  /** Leaves the waiting itself to the limiter if the request has a bucket, so that all requests of the bucket wait. */
  readonly forQuota: (failure: Failure, context: WaitContext, budget: RetryBudget) => Promise<void>;
}

interface WaitsOptions {
  readonly limiter: RateLimiter;
  readonly runtime: Runtime;
  readonly serverClock: ServerClock;
}

/** Keeps a `Retry-After: 0` from becoming a busy loop. */
const SHORTEST_QUOTA_WAIT_MS = 100;
/** Without any header the jitter of the first retries would be too hasty for a quota. */
const QUOTA_HEAD_START = 2;

export const createWaits = ({ limiter, runtime, serverClock }: WaitsOptions): Waits => {
  const retryAfterMs = (response: HttpResponse | undefined): number | undefined =>
    parseRetryAfterMs(response?.headers['retry-after'], serverClock.now() ?? runtime.now());

  return {
    beforeRetry: async ({ error, response }, { signal }, budget) => {
      const retry = budget.countRetry(error);
      const waitMs = retryAfterMs(response) ?? backoffMs(retry, runtime.random);
      budget.spendOnWait(waitMs, error);
      await runtime.sleep(waitMs, signal);
    },
    forQuota: async ({ error, response }, { bucket, purpose, signal, onRateLimited }, budget) => {
      const told = readRateLimitHeaders(response?.headers ?? {});
      if (told.dailyRemaining === 0) {
        throw dailyQuotaError(bucket ?? purpose, told.dailyResetMs, error.internalMessage);
      }
      const times = budget.countRateLimit(error);
      const askedMs = retryAfterMs(response) ?? told.intervalMs;
      const waitMs = Math.max(
        SHORTEST_QUOTA_WAIT_MS,
        askedMs ?? backoffMs(times + QUOTA_HEAD_START, runtime.random),
      );
      budget.spendOnWait(waitMs, error);
      const resetAtMs = Math.ceil(runtime.now() + waitMs);
      onRateLimited?.(resetAtMs);
      if (bucket === undefined) await runtime.sleep(waitMs, signal);
      else limiter.pauseUntil(bucket, resetAtMs);
    },
  };
};
