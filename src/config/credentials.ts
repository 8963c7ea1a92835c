import { isJsonObject, type JsonObject, textAt } from '../foundation/json.ts';
import { parseIso } from '../foundation/instant.ts';
import { type Checked, checked } from './checked.ts';
import { credentialsSchemas, secretFields } from './connector-specification.ts';
import { parseLocationTokens } from './location-tokens.ts';
import { isMasked } from './masked.ts';
import { createSchemaCheck } from './schema-check.ts';
import { serviceUrlProblem } from './service-url.ts';

export interface OAuthCredentials {
  readonly kind: 'oauth';
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
  readonly accessToken: string;
  /** Epoch milliseconds; undefined if the configuration does not say. */
  readonly tokenExpiryMs: number | undefined;
  /** Of the service that answers refresh requests; undefined: HighLevel. */
  readonly tokenUrl: string | undefined;
}

export interface PrivateCredentials {
  readonly kind: 'private';
  /** By location ID, in the order of the configuration; never empty. */
  readonly tokens: ReadonlyMap<string, string>;
}

export type Credentials = OAuthCredentials | PrivateCredentials;

interface RawOAuth {
  readonly auth_type: 'oauth2.0';
  readonly client_id: string;
  readonly client_secret: string;
  readonly refresh_token: string;
  readonly access_token: string;
  readonly token_expiry_date?: string;
  readonly token_url?: string;
}
interface RawPrivate {
  readonly auth_type: 'private_integration_token';
  readonly location_tokens: string;
}

const AUTH_TYPES = [...credentialsSchemas.keys()].join(' or ');

const schemaOf = (authType: string): JsonObject => credentialsSchemas.get(authType) ?? {};
const checkOAuth = createSchemaCheck<RawOAuth>(schemaOf('oauth2.0'), 'credentials');
const checkPrivate = createSchemaCheck<RawPrivate>(schemaOf('private_integration_token'), 'credentials');

/** Without a zone, JavaScript would take the machine's; a mere number, which is no date here, it would take for a year. */
const expiryMs = (text: string | undefined): number | undefined => {
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}T/.test(text)) return undefined;
  return parseIso(/(?:Z|[+-]\d{2}:?\d{2})$/i.test(text) ? text : `${text}Z`);
};

const parseOAuth = (raw: RawOAuth): Checked<OAuthCredentials> => {
  const urlProblem = raw.token_url === undefined ? undefined : serviceUrlProblem(raw.token_url);
  const credentials: OAuthCredentials = {
    kind: 'oauth',
    clientId: raw.client_id,
    clientSecret: raw.client_secret,
    refreshToken: raw.refresh_token,
    accessToken: raw.access_token,
    tokenExpiryMs: expiryMs(raw.token_expiry_date),
    tokenUrl: raw.token_url,
  };
  return checked(credentials, urlProblem === undefined ? [] : [`credentials.token_url ${urlProblem}`]);
};

const parsePrivate = (raw: RawPrivate): Checked<PrivateCredentials> => {
  const tokens = parseLocationTokens(raw.location_tokens);
  return tokens.ok ? { ok: true, value: { kind: 'private', tokens: tokens.value } } : tokens;
};

const maskProblems = (raw: JsonObject): readonly string[] =>
  [...secretFields]
    .filter((field) => isMasked(textAt(raw, field) ?? ''))
    .map((field) => `credentials.${field} holds only asterisks, which stand for a secret. Enter it again`);

const parseKnown = (raw: JsonObject): Checked<Credentials> => {
  const authType = textAt(raw, 'auth_type');
  if (authType === undefined)
    return { ok: false, problems: [`credentials.auth_type is missing: ${AUTH_TYPES}`] };
  if (authType === 'oauth2.0') {
    const oauth = checkOAuth(raw);
    return oauth.ok ? parseOAuth(oauth.value) : oauth;
  }
  if (authType === 'private_integration_token') {
    const tokens = checkPrivate(raw);
    return tokens.ok ? parsePrivate(tokens.value) : tokens;
  }
  return { ok: false, problems: [`credentials.auth_type must be ${AUTH_TYPES}`] };
};

/** Checks the credentials of a tidied configuration against the schema of their `auth_type` alone. */
export const parseCredentials = (raw: unknown): Checked<Credentials> => {
  // A missing object and one of the wrong type are found by the check of the settings.
  if (!isJsonObject(raw)) return { ok: false, problems: [] };
  const masked = maskProblems(raw);
  return masked.length === 0 ? parseKnown(raw) : { ok: false, problems: masked };
};
