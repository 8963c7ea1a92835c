import { systemError } from '../foundation/errors.ts';
import { answerLine } from '../http/answer-line.ts';
import type { HttpResponse } from '../http/client.ts';
import type { Requester } from '../http/requester.ts';
import { type OAuthRefusal, oauthRefusal } from './oauth-refusal.ts';
import { syncWide } from './sync-wide.ts';
import { parseTokenAnswer, type TokenAnswer } from './token-answer.ts';

interface TokenExchangeOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Path of HighLevel's token endpoint, or the absolute address of a broker that keeps the chain. */
  readonly tokenUrl: string;
  readonly requester: Requester;
  readonly mayBeStale: boolean;
}

export type Exchanged = { readonly kind: 'tokens'; readonly answer: TokenAnswer } | OAuthRefusal;

/** HighLevel answers a repeated refresh with the same tokens for 30 s; after that the old refresh token is dead. */
const GRACE_MS = 30_000;
/** Short enough for a second attempt within the grace. */
const TIMEOUT_MS = 14_000;
const ATTEMPTS = 5;

const isRefusal = ({ status }: HttpResponse): boolean => [400, 401, 422].includes(status);

/**
 * Gives a refresh token for new tokens.
 * @throws ConnectorError of reach `sync` when the endpoint cannot be reached or answers something else than tokens
 */
export const createTokenExchange = ({
  clientId,
  clientSecret,
  tokenUrl,
  requester,
  mayBeStale,
}: TokenExchangeOptions): ((refreshToken: string) => Promise<Exchanged>) => {
  const post = (refreshToken: string): Promise<HttpResponse> =>
    requester.request(
      {
        method: 'POST',
        path: tokenUrl,
        headers: { version: '2021-07-28' },
        body: {
          kind: 'form',
          value: {
            client_id: clientId,
            client_secret: clientSecret,
            grant_type: 'refresh_token',
            refresh_token: refreshToken,
          },
        },
        timeoutMs: TIMEOUT_MS,
      },
      { purpose: 'a new access token', accepts: isRefusal, maxAttempts: ATTEMPTS, maxTotalMs: GRACE_MS },
    );

  return async (refreshToken) => {
    try {
      const response = await post(refreshToken);
      if (isRefusal(response)) return oauthRefusal(response, { mayBeStale });
      const answer = parseTokenAnswer(response.body);
      if (answer !== undefined) return { kind: 'tokens', answer };
      throw systemError(
        'The token endpoint answered without an access token. Check token_url, or report it.',
        {
          status: response.status,
          internalMessage: `${answerLine({ method: 'POST', path: 'token endpoint' }, response)}, without access_token`,
        },
      );
    } catch (thrown) {
      throw syncWide(thrown);
    }
  };
};
