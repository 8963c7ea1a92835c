import type { ConnectorError } from '../foundation/errors.ts';
import type { Log } from '../foundation/log.ts';
import type { Runtime } from '../foundation/runtime.ts';
import { answerLine } from '../http/answer-line.ts';
import { backoffMs } from '../http/backoff.ts';
import type { HttpResponse } from '../http/client.ts';
import type { Requester } from '../http/requester.ts';
import { isAbsolute } from '../http/wire-request.ts';
import { authError } from './auth-errors.ts';
import { type OAuthRefusal, oauthRefusal } from './oauth-refusal.ts';
import { syncWide } from './sync-wide.ts';
import { parseTokenAnswer, type TokenAnswer } from './token-answer.ts';
import { tokenRequest } from './token-request.ts';

export interface TokenExchangeOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Path of HighLevel's token endpoint (`/oauth/token`), or the absolute address of a broker that keeps the chain. */
  readonly tokenUrl: string;
  readonly requester: Requester;
  readonly runtime: Runtime;
  readonly log: Log;
  /** The platform's first attempt: its settings may be older than the last rotation, and a retry reads newer ones. */
  readonly mayBeStale: boolean;
}

export type Exchanged = { readonly kind: 'tokens'; readonly answer: TokenAnswer } | OAuthRefusal;

/** HighLevel answers a repeated refresh with the same tokens for 30 s; after that the old refresh token is dead. */
const GRACE_MS = 30_000;
/** Short enough for a second attempt within the grace. */
const TIMEOUT_MS = 14_000;
const ATTEMPTS = 5;

const isRefusal = ({ status }: HttpResponse): boolean => [400, 401, 422].includes(status);

const unreadable = (response: HttpResponse): ConnectorError =>
  authError(
    'token_answer_unreadable',
    {},
    {
      status: response.status,
      internalMessage: `${answerLine({ method: 'POST', path: 'token endpoint' }, response)}, without access_token`,
    },
  );

type Poster = (refreshToken: string, maxTotalMs: number) => Promise<HttpResponse>;

const createPoster =
  ({ clientId, clientSecret, tokenUrl, requester }: TokenExchangeOptions): Poster =>
  (refreshToken, maxTotalMs) =>
    requester.request(
      tokenRequest({
        path: tokenUrl,
        clientId,
        clientSecret,
        grant: { grant_type: 'refresh_token', refresh_token: refreshToken },
        timeoutMs: TIMEOUT_MS,
      }),
      { purpose: 'a new access token', accepts: isRefusal, maxAttempts: ATTEMPTS, maxTotalMs },
    );

/**
 * Gives a refresh token for new tokens. An answer that lacks what it has to bring may hide a rotation that has taken place,
 * so it is asked for again while HighLevel still repeats it.
 * @throws ConnectorError of reach `sync` when the endpoint cannot be reached or answers something else than tokens
 */
export const createTokenExchange = (
  options: TokenExchangeOptions,
): ((refreshToken: string) => Promise<Exchanged>) => {
  const { tokenUrl, runtime, log, mayBeStale } = options;
  const post = createPoster(options);
  const isWhole = ({ refreshToken }: TokenAnswer): boolean =>
    refreshToken !== undefined || isAbsolute(tokenUrl);

  /** Better than nothing: an access token lasts for a day. */
  const withoutSuccessor = (answer: TokenAnswer): Exchanged => {
    log.warn(
      'HighLevel renewed the access token but gave no new refresh token. If the present one is used up, a person has to sign in again when the access token expires.',
    );
    return { kind: 'tokens', answer };
  };

  const ask = async (refreshToken: string): Promise<Exchanged> => {
    const lastAtMs = runtime.now() + GRACE_MS;
    let partial: TokenAnswer | undefined;
    try {
      for (let attempt = 1; ; attempt += 1) {
        const response = await post(refreshToken, lastAtMs - runtime.now());
        if (isRefusal(response) && partial === undefined) return oauthRefusal(response, { mayBeStale });
        const answer = isRefusal(response) ? undefined : parseTokenAnswer(response.body);
        if (answer !== undefined && isWhole(answer)) return { kind: 'tokens', answer };
        partial = answer ?? partial;
        const waitMs = backoffMs(attempt, runtime.random);
        if (attempt === ATTEMPTS || runtime.now() + waitMs >= lastAtMs) throw unreadable(response);
        await runtime.sleep(waitMs);
      }
    } catch (thrown) {
      if (partial === undefined) throw thrown;
      return withoutSuccessor(partial);
    }
  };

  return async (refreshToken) => {
    try {
      return await ask(refreshToken);
    } catch (thrown) {
      throw syncWide(thrown);
    }
  };
};
