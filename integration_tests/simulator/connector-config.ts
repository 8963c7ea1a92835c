import type { JsonObject } from '../../src/foundation/json.ts';
import type { ConfigOverrides } from './options.ts';
import type { AppIdentity } from './tokens.ts';

/** How the connector signs in: as the agency, as one location, or with the locations' own tokens. */
export type ConfigKind = 'oauth' | 'oauth_location' | 'private';

export interface TokenPair {
  readonly accessToken: string;
  readonly refreshToken: string;
}

export interface ConfigParts {
  readonly app: AppIdentity;
  readonly url: string;
  readonly pair: (userType: 'Company' | 'Location') => TokenPair;
  readonly privateTokens: () => readonly (readonly [locationId: string, token: string])[];
}

const credentialsOf = ({ app, pair, privateTokens }: ConfigParts, kind: ConfigKind): JsonObject => {
  if (kind === 'private') {
    const lines = privateTokens().map(([locationId, token]) => `${locationId} ${token}`);
    return { auth_type: 'private_integration_token', location_tokens: lines.join('\n') };
  }
  const { accessToken, refreshToken } = pair(kind === 'oauth' ? 'Company' : 'Location');
  return {
    auth_type: 'oauth2.0',
    client_id: app.clientId,
    client_secret: app.clientSecret,
    refresh_token: refreshToken,
    access_token: accessToken,
  };
};

/** A config the connector can start with; `overrides` replace or join its top-level settings. */
export const connectorConfig = (
  parts: ConfigParts,
  kind: ConfigKind,
  overrides: ConfigOverrides = {},
): JsonObject => ({ credentials: credentialsOf(parts, kind), api_url: parts.url, ...overrides });
