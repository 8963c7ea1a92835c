import { ConnectorError } from '../foundation/errors.ts';
import type { Runtime } from '../foundation/runtime.ts';
import { singleFlight } from '../foundation/single-flight.ts';
import type { Authenticator } from '../http/authenticator.ts';
import type { Requester } from '../http/requester.ts';
import type { LocationAccess } from './location-access.ts';
import { createTokenMint, type Mint } from './token-mint.ts';

interface LocationTokensOptions {
  /** Of the agency's sign-in. */
  readonly company: Authenticator;
  readonly companyId: string;
  readonly requester: Requester;
  readonly runtime: Runtime;
  /** Ends mints that are under way. */
  readonly signal?: AbortSignal;
  /** Told each new token before it is used. */
  readonly onSecret: (secret: string) => void;
}

const RENEW_BEFORE_EXPIRY_MS = 300_000;
/** As documented for an answer that does not say. */
const USUAL_LIFETIME_MS = 86_400_000;
/** A new token refused this soon is not worth another one; later it is a new incident. */
const REFUSED_AGAIN_MS = 3_600_000;

/** Stale well before it expires, but a very short life is used for half of it at least. */
const freshForMs = (lifetimeMs: number): number =>
  Math.max(lifetimeMs - RENEW_BEFORE_EXPIRY_MS, lifetimeMs / 2);

interface MintedToken extends Authenticator {
  /** Mints it before it is asked for. Never rejects. */
  readonly prepare: () => Promise<void>;
}

const createMintedToken = (
  mint: Mint,
  locationId: string,
  { runtime, onSecret }: LocationTokensOptions,
): MintedToken => {
  let current: { readonly token: string; readonly staleAtMs: number } | undefined;
  let problem: ConnectorError | undefined;
  /** What came of minting ahead: told to the first who asks, who would otherwise ask HighLevel again. */
  let ahead: Promise<string> | undefined;
  /** When a refused token was last replaced. */
  let replacedAtMs = -Infinity;

  const mintOnce = singleFlight(async (): Promise<string> => {
    if (problem !== undefined) throw problem;
    // The life is counted from before the request and by the local clock, which need not agree with HighLevel's.
    const askedAtMs = runtime.now();
    try {
      const { accessToken, lifetimeMs = USUAL_LIFETIME_MS } = await mint(locationId);
      onSecret(accessToken);
      current = { token: accessToken, staleAtMs: askedAtMs + freshForMs(lifetimeMs) };
      return accessToken;
    } catch (thrown) {
      if (thrown instanceof ConnectorError && thrown.access !== undefined && thrown.reach === 'partition')
        problem = thrown;
      throw thrown;
    }
  });

  const fresh = (): string | undefined =>
    current !== undefined && runtime.now() < current.staleAtMs ? current.token : undefined;

  return {
    prepare: async () => {
      if (fresh() !== undefined) return;
      ahead = mintOnce();
      await ahead.catch(() => undefined);
    },
    token: async () => {
      const minted = ahead;
      ahead = undefined;
      if (minted !== undefined) await minted;
      return fresh() ?? mintOnce();
    },
    renew: async (rejected) => {
      if (current !== undefined && current.token !== rejected) return true;
      if (runtime.now() - replacedAtMs < REFUSED_AGAIN_MS) return false;
      await mintOnce();
      replacedAtMs = runtime.now();
      return true;
    },
  };
};

interface LocationTokens extends LocationAccess {
  /** Mints a location's token before it is used; what goes wrong is told to its first user. Never rejects. */
  readonly prepare: (locationId: string) => Promise<void>;
}

/**
 * The tokens of an agency's locations, each minted when it is first used, or ahead of that, and cached until shortly before it expires. A
 * location that cannot be had is remembered: it is asked for once a process.
 */
export const createLocationTokens = (options: LocationTokensOptions): LocationTokens => {
  const mint = createTokenMint(options);
  const tokens = new Map<string, MintedToken>();
  const tokenOf = (locationId: string): MintedToken => {
    const known = tokens.get(locationId);
    if (known !== undefined) return known;
    const token = createMintedToken(mint, locationId, options);
    tokens.set(locationId, token);
    return token;
  };
  return {
    authenticatorFor: tokenOf,
    prepare: (locationId) => tokenOf(locationId).prepare(),
  };
};
