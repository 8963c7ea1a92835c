import { isJsonObject, type JsonObject, textAt } from '../foundation/json.ts';

interface DraftParts {
  readonly existing: JsonObject | undefined;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly versionId: string | undefined;
  readonly scopes: string | undefined;
  readonly apiUrl: string | undefined;
}

/** Stands for tokens that are still to come, so that everything else can be checked before anybody is asked. */
const TO_COME = 'to-come';

const given = (settings: Readonly<Record<string, string | undefined>>): JsonObject =>
  Object.fromEntries(
    Object.entries(settings).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );

/** Credentials of another kind, and what is known of the old tokens, do not go over into the new ones. */
const keptCredentials = (existing: JsonObject | undefined): JsonObject => {
  const credentials = existing?.['credentials'];
  if (!isJsonObject(credentials) || textAt(credentials, 'auth_type') !== 'oauth2.0') return {};
  return Object.fromEntries(Object.entries(credentials).filter(([name]) => name !== 'token_expiry_date'));
};

/** The configuration as it will be, but for its tokens: an existing one keeps its other settings. */
export const draftConfig = (parts: DraftParts): JsonObject => {
  const { existing, clientId, clientSecret, versionId, scopes, apiUrl } = parts;
  return {
    ...existing,
    credentials: {
      ...keptCredentials(existing),
      auth_type: 'oauth2.0',
      client_id: clientId,
      client_secret: clientSecret,
      access_token: TO_COME,
      refresh_token: TO_COME,
      ...given({ version_id: versionId, scopes }),
    },
    ...given({ api_url: apiUrl }),
  };
};
