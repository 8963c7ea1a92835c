import { createLocationTokens } from '../auth/location-tokens.ts';
import { createSingleLocationAccess } from '../auth/location-access.ts';
import { readClaims } from '../auth/claims.ts';
import { createOAuthChain, type OAuthChain } from '../auth/oauth.ts';
import type { OAuthTokens } from '../auth/oauth-tokens.ts';
import type { TokenStore } from '../auth/token-store.ts';
import { createPrivateTokens } from '../auth/private-tokens.ts';
import type { Config } from '../config/config.ts';
import type { OAuthCredentials, PrivateCredentials } from '../config/credentials.ts';
import type { ConnectorError } from '../foundation/errors.ts';
import type { Log } from '../foundation/log.ts';
import type { Runtime } from '../foundation/runtime.ts';
import { singleFlight } from '../foundation/single-flight.ts';
import type { HttpClient } from '../http/client.ts';
import { type Costs, Meter } from '../http/meter.ts';
import { createRateLimiter } from '../http/rate-limiter.ts';
import { createRequester, type Requester } from '../http/requester.ts';
import { createServerClock } from '../http/server-clock.ts';
import type { Access } from './access.ts';
import type { Budgets } from './budgets.ts';
import { sourceError } from './source-errors.ts';
import type { Pace } from './sync-watch.ts';

/** What a session needs from the outside. */
export interface SessionDependencies {
  /** Speaks to the given address. */
  readonly createClient: (apiUrl: string) => HttpClient;
  readonly runtime: Runtime;
  readonly log: Log;
  readonly onSecret: (secret: string) => void;
  /** Must have written the new tokens to standard output, flushed, when it resolves. */
  readonly onRotated: (tokens: OAuthTokens) => Promise<void>;
  /** Keeps the tokens besides; undefined where nobody asked for it. */
  readonly store?: TokenStore | undefined;
  /** True on the platform's first attempt, whose configuration may be older than the last rotation. */
  readonly mayBeStale: boolean;
  readonly signal: AbortSignal;
}

/** One run's connection to HighLevel. */
export interface Session {
  readonly requester: Requester;
  /** Of all requests so far. */
  readonly costs: () => Costs;
  readonly pace: () => Pace;
  /**
   * Epoch milliseconds by HighLevel's clock; asks for it if no answer has told it yet.
   * @throws ConnectorError when there is no answer: the machine's clock may be wrong, and rows would be taken for future ones
   */
  readonly serverNow: () => Promise<number>;
  /** @throws ConnectorError when the credentials open nothing */
  readonly access: () => Promise<Access>;
}

const openChain = (
  credentials: OAuthCredentials,
  requester: Requester,
  dependencies: SessionDependencies,
): OAuthChain => {
  const { accessToken, refreshToken, tokenExpiryMs, clientId, clientSecret, tokenUrl } = credentials;
  return createOAuthChain({
    ...dependencies,
    initial: { accessToken, refreshToken, expiresAtMs: tokenExpiryMs },
    clientId,
    clientSecret,
    tokenUrl: tokenUrl ?? '/oauth/token',
    requester,
  });
};

const unnamed = (whom: string): ConnectorError => sourceError('sign_in_unnamed', { whom });

/** The app of the client id. @throws ConnectorError when the tokens are another app's: it would find no location */
const appIdOf = ({ clientId, accessToken }: OAuthCredentials): string => {
  const appId = clientId.split('-')[0] ?? clientId;
  const signedInTo = readClaims(accessToken)?.appId;
  if (signedInTo === undefined || signedInTo === appId) return appId;
  throw sourceError('client_id_of_other_app', {});
};

const openOAuth = async (
  credentials: OAuthCredentials,
  requester: Requester,
  dependencies: SessionDependencies,
): Promise<Access> => {
  const appId = appIdOf(credentials);
  const chain = openChain(credentials, requester, dependencies);
  const { tokenClass, companyId, locationId, scopes } = await chain.identity();
  const common = { companyId, scopes: scopes && new Set(scopes), hasScopesPerLocation: false };
  if (tokenClass === 'Location') {
    if (locationId === undefined) throw unnamed('location');
    const { authenticatorFor } = createSingleLocationAccess(chain, locationId);
    return {
      ...common,
      authenticatorFor,
      prepare: undefined,
      company: undefined,
      ownLocations: [locationId],
    };
  }
  if (companyId === undefined) throw unnamed('agency');
  const { authenticatorFor, prepare } = createLocationTokens({
    ...dependencies,
    company: chain,
    companyId,
    requester,
  });
  const company = { authenticator: chain, companyId, appId };
  return { ...common, authenticatorFor, prepare, company, ownLocations: undefined };
};

const openPrivate = ({ tokens }: PrivateCredentials): Access => ({
  authenticatorFor: createPrivateTokens(tokens).authenticatorFor,
  prepare: undefined,
  company: undefined,
  companyId: undefined,
  ownLocations: [...tokens.keys()],
  scopes: undefined,
  hasScopesPerLocation: true,
});

/** Opens a session; nothing is sent before it is needed. */
export const createSession = (
  config: Config,
  budgets: Budgets,
  dependencies: SessionDependencies,
): Session => {
  const { runtime, log, signal } = dependencies;
  const { credentials, quotaShare, apiUrl, maxConcurrency } = config;
  const client = dependencies.createClient(apiUrl);
  const serverClock = createServerClock(runtime);
  const meter = new Meter();
  const limiter = createRateLimiter({ runtime, share: quotaShare });
  const quota = { limiter, share: quotaShare };
  const requester = createRequester({
    ...{ client, runtime, serverClock, log, meter },
    ...(maxConcurrency !== undefined && { mostAtOnce: maxConcurrency }),
    ...quota,
    ...budgets,
  });

  /** Every answer carries the time, also one that refuses; the root needs no token and no scope. */
  const askForTime = singleFlight(async () => {
    await requester.request(
      { method: 'GET', path: '/', headers: {} },
      { purpose: 'the time', accepts: () => true, signal },
    );
  });
  let access: Promise<Access> | undefined;
  return {
    requester,
    costs: () => meter.costs,
    pace: () => ({ costs: meter.costs, allowedPerSecond: limiter.allowedPerSecond() }),
    serverNow: async () => {
      if (serverClock.now() === undefined) await askForTime();
      const now = serverClock.now();
      if (now === undefined) log.warn("HighLevel did not tell its time; the machine's own is used.");
      return now ?? runtime.now();
    },
    access: () => {
      access ??=
        credentials.kind === 'oauth'
          ? openOAuth(credentials, requester, dependencies)
          : Promise.resolve(openPrivate(credentials));
      return access;
    },
  };
};
