import { readClaims } from './claims.ts';
import type { OAuthTokens } from './oauth-tokens.ts';
import type { TokenAnswer } from './token-answer.ts';

/** No larger: the platform may have given the old refresh token to a waiting sync already. */
const EXPIRY_MARGIN_MS = 30_000;

/**
 * When the token of an answer expires, by the local clock; undefined: valid until refused. By the token's own word it may
 * have expired on a machine whose clock is ahead, but what was issued a moment ago has not.
 */
export const expiryOf = (
  { accessToken, lifetimeMs }: Pick<TokenAnswer, 'accessToken' | 'lifetimeMs'>,
  nowMs: number,
): number | undefined => {
  if (lifetimeMs !== undefined) return nowMs + lifetimeMs;
  const toldMs = readClaims(accessToken)?.expiresAtMs;
  return toldMs !== undefined && toldMs > nowMs + EXPIRY_MARGIN_MS ? toldMs : undefined;
};

/**
 * From when on a token is taken for expired; undefined: not before it is refused. One that lives shorter than the margin is
 * used for half of its life at least, else every request would renew it.
 * @param lifetimeMs of a token that has just been issued
 */
export const staleAtMs = (
  { accessToken, expiresAtMs }: Pick<OAuthTokens, 'accessToken' | 'expiresAtMs'>,
  lifetimeMs = Infinity,
): number | undefined => {
  if (accessToken === '') return -Infinity;
  return expiresAtMs === undefined ? undefined : expiresAtMs - Math.min(EXPIRY_MARGIN_MS, lifetimeMs / 2);
};
