import { isJsonObject, textAt } from '../../src/foundation/json.ts';
import type { HttpRequest, HttpResponse } from '../../src/http/client.ts';

/** New tokens came, of whomever. Epoch ms. */
export interface TokenRenewal {
  /** Of a sign-in, and not of one of the locations that it opens. */
  readonly isSignIn: boolean;
  readonly askedAtMs: number;
  readonly cameAtMs: number;
}

/**
 * Follows new tokens from the server to the platform. They are kept before they are used: a process that dies between
 * would lose them.
 */
export interface TokenWatch {
  readonly sent: (request: HttpRequest) => void;
  readonly carriedOut: (request: HttpRequest, answer: HttpResponse) => void;
  readonly arrived: (request: HttpRequest, answer: HttpResponse) => void;
  /** Its answer, or what became of it, is known to the connector. */
  readonly ended: (request: HttpRequest) => void;
  /** New tokens were given, and did not arrive. */
  readonly hasLostTokens: () => boolean;
  readonly renewals: () => readonly TokenRenewal[];
  /** Of new tokens that were used before they were kept, of spent ones that were used again, and of two renewals at a time. */
  readonly problems: () => readonly string[];
}

const isRefusal = ({ path }: HttpRequest, { body }: HttpResponse): boolean =>
  path === '/oauth/token' && isJsonObject(body) && body['error'] === 'invalid_grant';

const refreshTokenOf = ({ body }: HttpRequest): string | undefined =>
  body?.kind === 'form' ? body.value['refresh_token'] : undefined;

/** What is renewed by the request, if anything is. */
const renewalOf = (request: HttpRequest): string | undefined => {
  const { path, body } = request;
  if (body?.kind !== 'form' || !path.startsWith('/oauth/')) return undefined;
  return refreshTokenOf(request) ?? body.value['locationId'];
};

const isRefreshed = ({ path }: HttpRequest, { status }: HttpResponse): boolean =>
  path === '/oauth/token' && status < 300;

interface TokenWatchOptions {
  /** Whether the token has been given to the platform. */
  readonly isKept: (token: string) => boolean;
  readonly now: () => number;
}

export const createTokenWatch = ({ isKept, now }: TokenWatchOptions): TokenWatch => {
  const unkept = new Set<string>();
  const spent = new Set<string>();
  /** When it was asked for. */
  const underWay = new Map<string, number>();
  const renewals: TokenRenewal[] = [];
  const problems = new Set<string>();
  let hasLostTokens = false;
  return {
    sent: (request) => {
      const { headers, path } = request;
      const renewal = renewalOf(request);
      if (renewal !== undefined && underWay.has(renewal))
        problems.add(`a token is renewed twice at a time, by ${path}`);
      if (renewal !== undefined) underWay.set(renewal, now());
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
      const askedAtMs = underWay.get(renewalOf(request) ?? '');
      if (askedAtMs !== undefined && answer.status < 300)
        renewals.push({ isSignIn: isRefreshed(request, answer), askedAtMs, cameAtMs: now() });
      if (isRefusal(request, answer)) spent.add(refreshTokenOf(request) ?? '');
    },
    ended: (request) => {
      const renewal = renewalOf(request);
      if (renewal !== undefined) underWay.delete(renewal);
    },
    hasLostTokens: () => hasLostTokens,
    renewals: () => renewals,
    problems: () => [...problems],
  };
};
