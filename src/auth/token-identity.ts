import { type Claims, readClaims, type TokenClass } from './claims.ts';
import type { TokenAnswer } from './token-answer.ts';

/** Whom an OAuth token stands for. */
export interface TokenIdentity {
  readonly tokenClass: TokenClass;
  readonly companyId: string | undefined;
  /** Of a Location token only. */
  readonly locationId: string | undefined;
  /** Undefined when the token does not say. */
  readonly scopes: readonly string[] | undefined;
}

/**
 * From the token itself, else from the answer it came with; undefined if neither tells its class. The class is never
 * guessed from a companyId, which the token of a single location has too.
 */
export const tokenIdentity = (accessToken: string, answer?: TokenAnswer): TokenIdentity | undefined => {
  const claims: Partial<Claims> = readClaims(accessToken) ?? {};
  const told: Partial<TokenAnswer> = answer ?? {};
  const tokenClass = claims.tokenClass ?? told.tokenClass;
  if (tokenClass === undefined) return undefined;
  const { classId } = claims;
  const companyId = claims.companyId ?? told.companyId;
  const scopes = claims.scopes ?? told.scopes;
  return tokenClass === 'Company'
    ? { tokenClass, scopes, companyId: classId ?? companyId, locationId: undefined }
    : { tokenClass, scopes, companyId, locationId: classId ?? told.locationId };
};
