import pLimit from 'p-limit';
import { ConnectorError } from '../foundation/errors.ts';
import type { Runtime } from '../foundation/runtime.ts';
import type { Authenticator } from './authenticator.ts';
import type { HttpClient, HttpRequest, HttpResponse } from './client.ts';
import { enter, type EntryContext } from './entry.ts';
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

export interface AttemptContext extends EntryContext {
  readonly authenticator?: Authenticator;
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
    const entry = await enter({ limiter, runtime }, request, context);
    try {
      // After the wait for the quota, which may be longer than the token's life.
      const token = await authenticator?.token();
      const outcome = await atOnce(() => send(entry.admit(request), token, signal));
      entry.close(outcome.kind === 'answer' ? outcome.response : undefined);
      return { ...outcome, queuedMs: entry.queuedMs };
    } catch (thrown) {
      entry.close(undefined);
      throw thrown;
    }
  };
};
