import { ConnectorError, reworded } from '../foundation/errors.ts';
import type { Log } from '../foundation/log.ts';
import type { Runtime } from '../foundation/runtime.ts';
import { answerLine } from './answer-line.ts';
import { createAttempt, type Outcome } from './attempt.ts';
import type { Authenticator } from './authenticator.ts';
import type { HttpClient, HttpRequest, HttpResponse } from './client.ts';
import { createDailyQuotaWatch } from './daily-quota-watch.ts';
import type { Meter } from './meter.ts';
import { readRateLimitHeaders } from './rate-limit-headers.ts';
import type { RateLimiter } from './rate-limiter.ts';
import { judge, type Verdict } from './response-policy.ts';
import { createRetryBudget, type RetryBudget } from './retry-budget.ts';
import type { Room } from './room.ts';
import type { ServerClock } from './server-clock.ts';
import { createWaits, type Waits } from './waits.ts';

export interface RequestContext {
  /** None for the token endpoint. */
  readonly authenticator?: Authenticator;
  /** Whose quota the request uses: a location's id or the company's. None for the token endpoint. */
  readonly bucket?: string;
  /** What the request is for, for log lines: `contacts of location X`. */
  readonly purpose: string;
  /** The same for error messages, which whoever reads several locations puts the location to: `contacts`. Default: purpose. */
  readonly subject?: string;
  /** The OAuth scope the request needs, named when HighLevel says that it is missing. */
  readonly scope?: string | undefined;
  /** Attempts at most, the first included. Default: the requester's. */
  readonly maxAttempts?: number;
  /** Time for sending and for waits between attempts, at most; waiting for the quota is not counted. Default: the requester's. */
  readonly maxTotalMs?: number;
  /** Answers besides 2xx that the caller reads itself; they are returned as they are. */
  readonly accepts?: (response: HttpResponse) => boolean;
  /** For the answer, where answers may be large. */
  readonly room?: Room;
  readonly signal?: AbortSignal;
  /** Told what the request costs, besides the requester's own. */
  readonly meter?: Meter;
  /** Called when HighLevel said 429, with the instant (epoch ms) from which on it may be asked again. */
  readonly onRateLimited?: (resetAtMs: number) => void;
}

/**
 * Sends a request until it has an answer worth reading (any 2xx): authorises, waits for the bucket's quota, retries.
 * @throws ConnectorError for everything else, and the signal's reason after an abort
 */
export interface Requester {
  readonly request: (request: HttpRequest, context: RequestContext) => Promise<HttpResponse>;
}

interface RequesterOptions {
  readonly client: HttpClient;
  readonly limiter: RateLimiter;
  readonly runtime: Runtime;
  readonly serverClock: ServerClock;
  readonly log: Log;
  /** Our part of the quotas, above 0 and at most 1; for warnings only. */
  readonly share?: number;
  /** Told what every request costs. */
  readonly meter?: Meter;
  /** Requests under way at once, over all buckets. */
  readonly mostAtOnce?: number;
  /** Attempts a request at most, the first included. */
  readonly maxAttempts?: number;
  /** Time a request may take with all its attempts and the waits between them. */
  readonly maxTotalMs?: number;
}

const DEFAULT_ATTEMPTS = 6;
const DEFAULT_TOTAL_MS = 600_000;
/** More would only wait for the processor: an answer of 500 rows takes it some ten milliseconds. */
export const DEFAULT_AT_ONCE = 50;

type Judged =
  | { readonly action: 'SUCCESS'; readonly response: HttpResponse }
  | (Exclude<Verdict, { readonly action: 'SUCCESS' }> & {
      readonly response?: HttpResponse;
      readonly token?: string;
    });

const judged = (outcome: Outcome, request: HttpRequest, context: RequestContext): Judged => {
  if (outcome.kind === 'none') return { action: 'RETRY', error: outcome.error };
  const { response, token } = outcome;
  const verdict = judge(response, {
    request,
    purpose: context.subject ?? context.purpose,
    scope: context.scope,
  });
  if (verdict.action === 'SUCCESS' || context.accepts?.(response) === true)
    return { action: 'SUCCESS', response };
  return { ...verdict, response, ...(token !== undefined && { token }) };
};

/** For the log: what was asked, and what came of it. */
const describeOutcome = (request: HttpRequest, { purpose }: RequestContext, outcome: Outcome): string => {
  const { kind, tookMs } = outcome;
  if (kind === 'none') return `${request.method} ${purpose}: no answer after ${tookMs} ms`;
  const left = outcome.response.headers['x-ratelimit-remaining'] ?? 'unknown';
  return `${answerLine(request, outcome.response)}: ${purpose}, ${tookMs} ms, quota left ${left}`;
};

/** Tells maintainers how often it was tried; what is no failure of ours is left as it is. */
const afterAttempts = (thrown: unknown, attempts: number): unknown => {
  if (!(thrown instanceof ConnectorError)) return thrown;
  const tried = `${attempts} attempt${attempts === 1 ? '' : 's'}`;
  const { internalMessage } = thrown;
  return reworded(thrown, {
    internalMessage: internalMessage === undefined ? tried : `${internalMessage}, ${tried}`,
  });
};

type Setback = Exclude<Judged, { readonly action: 'SUCCESS' }>;

/** Waits for the next attempt. @throws ConnectorError when there is none */
const waitForNext = async (
  setback: Setback,
  context: RequestContext,
  { waits, budget }: { readonly waits: Waits; readonly budget: RetryBudget },
): Promise<void> => {
  switch (setback.action) {
    case 'RETRY':
      return waits.beforeRetry(setback, context, budget);
    case 'RATE_LIMITED':
      return waits.forQuota(setback, context, budget);
    case 'REFRESH':
    case 'FAIL':
      throw setback.error;
  }
};

export const createRequester = (options: RequesterOptions): Requester => {
  const { maxAttempts = DEFAULT_ATTEMPTS, maxTotalMs = DEFAULT_TOTAL_MS, share = 1 } = options;
  const { log, runtime, meter, mostAtOnce = DEFAULT_AT_ONCE } = options;
  const attempt = createAttempt({ ...options, mostAtOnce });
  const waits = createWaits(options);
  const watchDailyQuota = createDailyQuotaWatch(share, log);

  const tell = (context: RequestContext, what: (one: Meter) => void): void => {
    for (const one of [meter, context.meter]) if (one !== undefined) what(one);
  };
  const observe = (
    request: HttpRequest,
    context: RequestContext,
    { outcome, isRetry }: { readonly outcome: Outcome; readonly isRetry: boolean },
  ): void => {
    log.debug(describeOutcome(request, context, outcome));
    const told = outcome.kind === 'answer' ? readRateLimitHeaders(outcome.response.headers) : undefined;
    if (told !== undefined && context.bucket !== undefined) watchDailyQuota(context.bucket, told);
    tell(context, (one) => {
      one.sent({ isRetry, quotaMs: outcome.queuedMs, dailyLeft: told?.dailyRemaining });
    });
  };
  return {
    request: async (request, context) => {
      const budget = createRetryBudget({ maxAttempts, maxTotalMs, log, ...context });
      let renewed = false;
      for (let attempts = 1; ; attempts += 1) {
        const outcome = await attempt(request, context);
        budget.spend(outcome.tookMs);
        observe(request, context, { outcome, isRetry: attempts > 1 });
        const verdict = judged(outcome, request, context);
        if (verdict.action === 'SUCCESS') return verdict.response;
        if (verdict.action === 'REFRESH' && !renewed && verdict.token !== undefined) {
          renewed = true;
          if ((await context.authenticator?.renew(verdict.token)) === true) continue;
        }
        const sinceMs = runtime.now();
        try {
          await waitForNext(verdict, context, { waits, budget });
        } catch (thrown) {
          throw afterAttempts(thrown, attempts);
        }
        const backedOffMs = runtime.now() - sinceMs;
        tell(context, (one) => {
          one.backedOff(backedOffMs);
        });
      }
    },
  };
};
