import { toIso } from '../foundation/instant.ts';
import { isJsonObject, type JsonObject } from '../foundation/json.ts';

/** What a refresh request brought. */
interface RotatedTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Epoch milliseconds; undefined if the answer did not say. */
  readonly expiresAtMs?: number | undefined;
}

/**
 * The whole configuration to store, as it was given but for the tokens. The platform may merge it into what it has or
 * put it in its place, so an expiry that is not known any more is emptied rather than left out.
 */
export const withRotatedTokens = (originalConfig: JsonObject, tokens: RotatedTokens): JsonObject => {
  const credentials = originalConfig['credentials'];
  return {
    ...originalConfig,
    credentials: {
      ...(isJsonObject(credentials) ? credentials : {}),
      access_token: tokens.accessToken,
      refresh_token: tokens.refreshToken,
      token_expiry_date: tokens.expiresAtMs === undefined ? '' : toIso(tokens.expiresAtMs),
    },
  };
};
