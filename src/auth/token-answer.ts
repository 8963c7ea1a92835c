import { isJsonObject, type JsonObject, type JsonValue, textAt } from '../foundation/json.ts';
import { parseTokenClass, readClaims, type TokenClass } from './claims.ts';

/** What the token endpoints answer. */
export interface TokenAnswer {
  readonly accessToken: string;
  /** A broker that keeps the chain itself may leave it out. */
  readonly refreshToken: string | undefined;
  readonly lifetimeMs: number | undefined;
  readonly tokenClass: TokenClass | undefined;
  readonly companyId: string | undefined;
  readonly locationId: string | undefined;
  readonly scopes: readonly string[] | undefined;
}

/** Beyond any life a token has: a unit mistaken, or a way to say "forever". */
const LONGEST_LIFETIME_S = 100 * 365 * 86_400;

const lifetimeMsOf = (body: JsonObject): number | undefined => {
  const seconds = Number(body['expires_in'] ?? body['expiresIn'] ?? Number.NaN);
  return seconds > 0 && seconds <= LONGEST_LIFETIME_S ? seconds * 1000 : undefined;
};

/** Reads the answer in the names of either API generation (`access_token`, v3: `accessToken`); undefined without a token. */
export const parseTokenAnswer = (body: JsonValue): TokenAnswer | undefined => {
  if (!isJsonObject(body)) return undefined;
  const accessToken = textAt(body, 'access_token') ?? textAt(body, 'accessToken');
  if (accessToken === undefined) return undefined;
  return {
    accessToken,
    refreshToken: textAt(body, 'refresh_token') ?? textAt(body, 'refreshToken'),
    lifetimeMs: lifetimeMsOf(body),
    // Never by the presence of companyId: a location's token has one too.
    tokenClass: readClaims(accessToken)?.tokenClass ?? parseTokenClass(body['userType']),
    companyId: textAt(body, 'companyId'),
    locationId: textAt(body, 'locationId'),
    scopes: textAt(body, 'scope')
      ?.split(/[\s,]+/)
      .filter((scope) => scope !== ''),
  };
};
