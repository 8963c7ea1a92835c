import { oauthRefusal, Refusal } from './answers.ts';
import { createJwt, type AppIdentity } from './tokens.ts';

/** One sign-in: the chain of its refresh tokens, each replaced by the next. */
export interface Grant {
  readonly userType: 'Company' | 'Location';
  readonly resourceId: string;
  /** Those that were asked for and given; all that the app has if absent. */
  readonly scopes?: readonly string[];
}

export interface Grants {
  /** Signs in and gives the first refresh token of the chain. */
  readonly open: (grant: Grant) => string;
  /** The chain's newest refresh token. */
  readonly latest: (grant: Grant) => string;
  readonly find: (refreshToken: string) => Grant | undefined;
  /**
   * Trades a refresh token for the next one. Within 30 seconds of the first trade the same token gives the same next one,
   * as HighLevel announced for distributed systems; after that it is dead.
   */
  readonly rotate: (refreshToken: string) => string;
  /** Breaks the chain: none of its refresh tokens is good any longer. */
  readonly close: (grant: Grant) => void;
}

interface RefreshToken {
  readonly grant: Grant;
  readonly expiresAt: number;
  readonly traded?: { readonly at: number; readonly next: string };
}

const GRACE_MS = 30_000;
const YEAR_S = 31_536_000;

const invalidGrant = (): Refusal => {
  const message = 'Invalid grant: refresh token is invalid';
  const { answer } = oauthRefusal(400, 'invalid_grant', message);
  return new Refusal({ ...answer, body: { ...answer.body, statusCode: 400, message } });
};

export const createGrants = (app: AppIdentity, now: () => number): Grants => {
  const tokens = new Map<string, RefreshToken>();
  const newest = new Map<Grant, string>();
  const create = (grant: Grant): string => {
    const issuedAtS = Math.floor(now() / 1000);
    const claims = {
      authClass: grant.userType,
      authClassId: grant.resourceId,
      sourceId: app.clientId,
      channel: 'OAUTH',
      uniqueId: `${tokens.size}`,
      iat: issuedAtS,
      exp: issuedAtS + YEAR_S,
    };
    const text = createJwt(claims, tokens.size);
    tokens.set(text, { grant, expiresAt: (issuedAtS + YEAR_S) * 1000 });
    newest.set(grant, text);
    return text;
  };
  return {
    open: create,
    latest: (grant) => newest.get(grant) ?? '',
    find: (refreshToken) => tokens.get(refreshToken)?.grant,
    rotate: (refreshToken) => {
      const token = tokens.get(refreshToken);
      if (token === undefined || token.expiresAt <= now()) throw invalidGrant();
      const { traded, grant } = token;
      if (traded === undefined) {
        const next = create(grant);
        tokens.set(refreshToken, { ...token, traded: { at: now(), next } });
        return next;
      }
      if (now() - traded.at >= GRACE_MS) throw invalidGrant();
      return traded.next;
    },
    close: (grant) => {
      for (const [text, token] of tokens) if (token.grant === grant) tokens.delete(text);
    },
  };
};
