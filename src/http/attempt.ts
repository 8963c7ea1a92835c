import pLimit from 'p-limit';
import { ConnectorError, reworded } from '../foundation/errors.ts';
import type { Runtime } from '../foundation/runtime.ts';
import type { Authenticator } from './authenticator.ts';
import type { HttpClient, HttpRequest, HttpResponse } from './client.ts';
import type { Permit } from './quota-queue.ts';
import type { RateLimiter } from './rate-limiter.ts';
import type { ServerClock } from './server-clock.ts';
import { isAbsolute } from './wire-request.ts';

/** What came of sending a request once. */
export type Outcome =
  | {
      readonly kind: 'answer';
      readonly response: HttpResponse;
      /** The one that was sent. */
      readonly token: string | undefined;
      readonly tookMs: number;
      /** How long it waited for the quota before. */
      readonly queuedMs: number;
    }
  | {
      readonly kind: 'none';
      readonly error: ConnectorError;
      readonly tookMs: number;
      readonly queuedMs: number;
    };

type Sent<Any = Outcome> = Any extends Outcome ? Omit<Any, 'queuedMs'> : never;

export interface AttemptContext {
  readonly authenticator?: Authenticator;
  readonly bucket?: string;
  readonly signal?: AbortSignal;
}

interface AttemptOptions {
  readonly client: HttpClient;
  readonly limiter: RateLimiter;
  readonly runtime: Runtime;
  readonly serverClock: ServerClock;
  /** Requests under way at once, over all buckets. */
  readonly mostAtOnce: number;
}

/**
 * Sends a request once, with a token and when the quota allows it.
 * @throws what the authenticator or the limiter throws, and the signal's reason after an abort
 */
export type Attempt = (request: HttpRequest, context: AttemptContext) => Promise<Outcome>;

/** Waits for the quota, where there is one. */
const acquire = async (
  limiter: RateLimiter,
  { method, path }: HttpRequest,
  { bucket, signal }: AttemptContext,
): Promise<Permit | undefined> => {
  try {
    return bucket === undefined ? undefined : await limiter.acquire(bucket, signal);
  } catch (thrown) {
    if (!(thrown instanceof ConnectorError)) throw thrown;
    const internalMessage = `${method} ${path} not sent: ${thrown.internalMessage ?? 'no quota'}`;
    throw reworded(thrown, { internalMessage });
  }
};

export const createAttempt = ({
  client,
  limiter,
  runtime,
  serverClock,
  mostAtOnce,
}: AttemptOptions): Attempt => {
  // Only while a request is under way: one that waits for its quota or its token must not keep others from being sent.
  const atOnce = pLimit(mostAtOnce);

  const send = async (
    request: HttpRequest,
    token: string | undefined,
    signal?: AbortSignal,
  ): Promise<Sent> => {
    const headers =
      token === undefined ? request.headers : { ...request.headers, authorization: `Bearer ${token}` };
    const sentAtMs = runtime.now();
    const tookMs = (): number => runtime.now() - sentAtMs;
    try {
      const response = await client.send({ ...request, headers }, signal);
      // A broker's clock is not HighLevel's.
      if (!isAbsolute(request.path)) serverClock.observe(response.headers);
      return { kind: 'answer', response, token, tookMs: tookMs() };
    } catch (thrown) {
      signal?.throwIfAborted();
      if (!(thrown instanceof ConnectorError) || thrown.failureType !== 'transient_error') throw thrown;
      return { kind: 'none', error: thrown, tookMs: tookMs() };
    }
  };

  return async (request, context) => {
    const { authenticator, signal } = context;
    signal?.throwIfAborted();
    const cameAtMs = runtime.now();
    const permit = await acquire(limiter, request, context);
    const queuedMs = runtime.now() - cameAtMs;
    let answerHeaders: HttpResponse['headers'] | undefined;
    try {
      // After the wait for the quota, which may be longer than the token's life.
      const token = await authenticator?.token();
      const outcome = await atOnce(() => send(request, token, signal));
      if (outcome.kind === 'answer') answerHeaders = outcome.response.headers;
      return { ...outcome, queuedMs };
    } finally {
      permit?.done(answerHeaders);
    }
  };
};
