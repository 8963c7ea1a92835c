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
  /** Of new tokens that were used before they were kept. */
  readonly problems: () => readonly string[];
}

const isRefreshed = ({ path }: HttpRequest, { status }: HttpResponse): boolean =>
  path === '/oauth/token' && status < 300;

/** @param isKept whether the token has been given to the platform */
export const createTokenWatch = (isKept: (token: string) => boolean): TokenWatch => {
  const unkept = new Set<string>();
  const problems = new Set<string>();
  let hasLostTokens = false;
  return {
    sent: ({ headers, path }) => {
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
    },
    hasLostTokens: () => hasLostTokens,
    problems: () => [...problems],
  };
};
