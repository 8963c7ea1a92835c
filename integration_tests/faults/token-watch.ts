import { isJsonObject, textAt } from '../../src/foundation/json.ts';
import type { HttpRequest, HttpResponse } from '../../src/http/client.ts';

/**
 * Follows new tokens from the server to the platform. They are kept before they are used: a process that dies between
 * would lose them.
 */
export interface TokenWatch {
  readonly sent: (request: HttpRequest) => void;
  readonly carriedOut: (request: HttpRequest, answer: HttpResponse) => void;
  readonly arrived: (request: HttpRequest, answer: HttpResponse) => void;
  /** New tokens were given, and did not arrive. */
  readonly hasLostTokens: () => boolean;
  /** Of new tokens that were used before they were kept, and of spent ones that were used again. */
  readonly problems: () => readonly string[];
}

const isRefusal = ({ path }: HttpRequest, { body }: HttpResponse): boolean =>
  path === '/oauth/token' && isJsonObject(body) && body['error'] === 'invalid_grant';

const refreshTokenOf = ({ body }: HttpRequest): string | undefined =>
  body?.kind === 'form' ? body.value['refresh_token'] : undefined;

const isRefreshed = ({ path }: HttpRequest, { status }: HttpResponse): boolean =>
  path === '/oauth/token' && status < 300;

/** @param isKept whether the token has been given to the platform */
export const createTokenWatch = (isKept: (token: string) => boolean): TokenWatch => {
  const unkept = new Set<string>();
  const spent = new Set<string>();
  const problems = new Set<string>();
  let hasLostTokens = false;
  return {
    sent: (request) => {
      const { headers, path } = request;
      if (spent.has(refreshTokenOf(request) ?? 'none'))
        problems.add('a refresh token is used that was refused');
      const token = headers['authorization']?.replace('Bearer ', '') ?? '';
      if (!unkept.has(token)) return;
      if (isKept(token)) unkept.delete(token);
      else problems.add(`a new token is used before it was kept, for ${path}`);
    },
    carriedOut: (request, answer) => {
      if (!isRefreshed(request, answer)) return;
      // Until it has arrived.
      hasLostTokens = true;
      const token = isJsonObject(answer.body) ? textAt(answer.body, 'access_token') : undefined;
      if (token !== undefined) unkept.add(token);
    },
    arrived: (request, answer) => {
      if (isRefreshed(request, answer)) hasLostTokens = false;
      if (isRefusal(request, answer)) spent.add(refreshTokenOf(request) ?? '');
    },
    hasLostTokens: () => hasLostTokens,
    problems: () => [...problems],
  };
};
