import type { Log } from '../foundation/log.ts';
import type { Runtime } from '../foundation/runtime.ts';
import { answerLine } from './answer-line.ts';
import { createAttempt, type Outcome } from './attempt.ts';
import type { Authenticator } from './authenticator.ts';
import type { HttpClient, HttpRequest, HttpResponse } from './client.ts';
import type { RateLimiter } from './rate-limiter.ts';
import { judge, type Verdict } from './response-policy.ts';
import { createRetryBudget } from './retry-budget.ts';
import type { ServerClock } from './server-clock.ts';
import { createWaits } from './waits.ts';

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
  readonly scope?: string;
  /** Attempts at most, the first included. Default: the requester's. */
  readonly maxAttempts?: number;
  /** Time for sending and for waits between attempts, at most; waiting for the quota is not counted. Default: the requester's. */
  readonly maxTotalMs?: number;
  /** Answers besides 2xx that the caller reads itself; they are returned as they are. */
  readonly accepts?: (response: HttpResponse) => boolean;
  readonly signal?: AbortSignal;
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
  /** Attempts a request at most, the first included. */
  readonly maxAttempts?: number;
  /** Time a request may take with all its attempts and the waits between them. */
  readonly maxTotalMs?: number;
}

const DEFAULT_ATTEMPTS = 6;
const DEFAULT_TOTAL_MS = 600_000;

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

export const createRequester = (options: RequesterOptions): Requester => {
  const { maxAttempts = DEFAULT_ATTEMPTS, maxTotalMs = DEFAULT_TOTAL_MS, log } = options;
  const attempt = createAttempt(options);
  const waits = createWaits(options);
  return {
    request: async (request, context) => {
      const budget = createRetryBudget({ maxAttempts, maxTotalMs, log, ...context });
      let renewed = false;
      for (;;) {
        const outcome = await attempt(request, context);
        budget.spend(outcome.tookMs);
        log.debug(describeOutcome(request, context, outcome));
        const verdict = judged(outcome, request, context);
        switch (verdict.action) {
          case 'SUCCESS':
            return verdict.response;
          case 'FAIL':
            throw verdict.error;
          case 'RETRY':
            await waits.beforeRetry(verdict, context, budget);
            break;
          case 'RATE_LIMITED':
            await waits.forQuota(verdict, context, budget);
            break;
          case 'REFRESH':
            if (renewed || verdict.token === undefined) throw verdict.error;
            renewed = true;
            if ((await context.authenticator?.renew(verdict.token)) !== true) throw verdict.error;
        }
      }
    },
  };
};
