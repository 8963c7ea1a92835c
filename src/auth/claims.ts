import { isJsonArray, isJsonObject, type JsonObject, type JsonValue, textAt } from '../foundation/json.ts';

/** Of an agency, or of one location. */
export type TokenClass = 'Company' | 'Location';

/** What a HighLevel access token says of itself; whatever is missing or of a wrong type is undefined. */
export interface Claims {
  readonly tokenClass: TokenClass | undefined;
  /** Id of the company or of the location, as the class says. */
  readonly classId: string | undefined;
  readonly companyId: string | undefined;
  /** By HighLevel's clock, epoch milliseconds. */
  readonly expiresAtMs: number | undefined;
  readonly scopes: readonly string[] | undefined;
  /** The marketplace app that was signed in to. */
  readonly appId: string | undefined;
}

export const parseTokenClass = (value: JsonValue | undefined): TokenClass | undefined =>
  value === 'Company' || value === 'Location' ? value : undefined;

/** The last instant that a date can hold. */
const LATEST_MS = 8_640_000_000_000_000;

const payloadOf = (token: string): JsonObject | undefined => {
  const [, payload, signature, ...more] = token.split('.');
  if (payload === undefined || signature === undefined || more.length > 0) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

const appIdOf = (payload: JsonObject): string | undefined => {
  const meta = payload['oauthMeta'];
  const client = isJsonObject(meta) ? textAt(meta, 'client') : undefined;
  // A client id is the app's id, a dash, and the key's own part.
  return client ?? textAt(payload, 'sourceId')?.split('-')[0];
};

const scopesOf = (payload: JsonObject): readonly string[] | undefined => {
  const meta = payload['oauthMeta'];
  const scopes = isJsonObject(meta) ? meta['scopes'] : undefined;
  return isJsonArray(scopes) ? scopes.filter((scope) => typeof scope === 'string') : undefined;
};

/** Reads an access token without checking its signature, which only HighLevel can. Undefined if it is no JWT. */
export const readClaims = (accessToken: string): Claims | undefined => {
  const payload = payloadOf(accessToken);
  if (payload === undefined) return undefined;
  const { exp } = payload;
  return {
    tokenClass: parseTokenClass(payload['authClass']),
    classId: textAt(payload, 'authClassId') ?? textAt(payload, 'primaryAuthClassId'),
    companyId: textAt(payload, 'companyId'),
    expiresAtMs: typeof exp === 'number' && exp > 0 && exp * 1000 <= LATEST_MS ? exp * 1000 : undefined,
    scopes: scopesOf(payload),
    appId: appIdOf(payload),
  };
};
