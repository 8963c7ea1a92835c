import { createHash } from 'node:crypto';
import type { JsonObject } from '../../src/foundation/json.ts';
import type { Random } from './random.ts';

export type TokenClass = 'Company' | 'Location' | 'pit-agency' | 'pit-location';

export interface AccessToken {
  readonly text: string;
  readonly tokenClass: TokenClass;
  /** The company or the location it stands for. */
  readonly resourceId: string;
  readonly scopes: readonly string[];
  /** Milliseconds since the epoch; private integration tokens never expire. */
  readonly expiresAt: number;
}

export interface TokenIssue {
  readonly tokenClass: 'Company' | 'Location';
  readonly resourceId: string;
  readonly scopes: readonly string[];
  readonly lifetimeS: number;
}

export interface AccessTokens {
  readonly issue: (issue: TokenIssue) => AccessToken;
  /** Adds a private integration token. */
  readonly addPrivate: (token: Omit<AccessToken, 'expiresAt'>) => void;
  readonly find: (text: string) => AccessToken | undefined;
  /** Takes tokens away, as if they had never been; all OAuth tokens if no choice is given. */
  readonly revoke: (chosen?: (token: AccessToken) => boolean) => void;
  /** Ends their lives now; all OAuth tokens if no choice is given. */
  readonly expire: (chosen?: (token: AccessToken) => boolean) => void;
}

export interface AppIdentity {
  /** The first half of the client id. */
  readonly appId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly companyId: string;
}

export const createAppIdentity = (random: Random): AppIdentity => {
  const appId = random.hex(24);
  return {
    appId,
    clientId: `${appId}-${random.id(8).toLowerCase()}`,
    clientSecret: random.uuid(),
    companyId: random.id(),
  };
};

const part = (value: JsonObject): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Three base64url parts whose last nobody can check: enough for whoever reads the claims. */
export const createJwt = (claims: JsonObject, serial: number): string => {
  const signed = `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}`;
  const signature = createHash('sha512').update(`${signed}.${serial}`).digest('base64url');
  return `${signed}.${signature}`;
};

const isOauth = ({ tokenClass }: AccessToken): boolean =>
  tokenClass === 'Company' || tokenClass === 'Location';

export const createAccessTokens = (app: AppIdentity, now: () => number): AccessTokens => {
  const tokens = new Map<string, AccessToken>();
  let serial = 0;
  return {
    issue: ({ lifetimeS, ...issue }) => {
      const issuedAtS = Math.floor(now() / 1000);
      const claims = {
        authClass: issue.tokenClass,
        authClassId: issue.resourceId,
        primaryAuthClassId: issue.resourceId,
        source: 'INTEGRATION',
        sourceId: app.clientId,
        channel: 'OAUTH',
        oauthMeta: { scopes: issue.scopes, client: app.appId, agencyPlan: 'agency_annual_497' },
        iat: issuedAtS,
        exp: issuedAtS + lifetimeS,
      };
      serial += 1;
      const token = { ...issue, text: createJwt(claims, serial), expiresAt: (issuedAtS + lifetimeS) * 1000 };
      tokens.set(token.text, token);
      return token;
    },
    addPrivate: (token) => {
      tokens.set(token.text, { ...token, expiresAt: Number.POSITIVE_INFINITY });
    },
    find: (text) => tokens.get(text),
    revoke: (chosen = isOauth) => {
      for (const token of tokens.values()) if (chosen(token)) tokens.delete(token.text);
    },
    expire: (chosen = isOauth) => {
      for (const token of tokens.values())
        if (chosen(token)) tokens.set(token.text, { ...token, expiresAt: now() });
    },
  };
};
