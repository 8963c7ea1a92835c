import { everyScope } from '../config/consent.ts';
import { collectSecrets } from '../config/secrets.ts';
import { type Config, parseConfig } from '../config/config.ts';
import { configError } from '../foundation/errors.ts';
import { isJsonObject, type JsonObject, textAt } from '../foundation/json.ts';
import { clientSecret } from './client-secret.ts';
import { draftConfig } from './draft-config.ts';
import type { LoginDependencies } from './login-dependencies.ts';
import type { LoginOptions } from './login-options.ts';

/** Everything that is known before anybody is asked for access. */
export interface LoginPlan {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scopes: readonly string[];
  readonly versionId: string;
  /** The configuration as it will be, but for its tokens. */
  readonly draft: JsonObject;
  readonly config: Config;
}

const existingConfig = async ({ input }: LoginDependencies, path: string): Promise<JsonObject> => {
  const existing = await input('configuration', path)();
  if (isJsonObject(existing)) return existing;
  throw configError(`${path} is no configuration: it must be a JSON object.`);
};

const credentialsOf = (existing: JsonObject | undefined): JsonObject => {
  const credentials = existing?.['credentials'];
  if (!isJsonObject(credentials)) return {};
  if (textAt(credentials, 'token_url') !== undefined)
    throw configError(
      'Another service keeps the tokens of this configuration (token_url), so a sign-in has to be done there.',
    );
  return credentials;
};

const CLIENT_ID = /^[\w-]+$/;

const clientIdOf = (options: LoginOptions, credentials: JsonObject): string => {
  const clientId = (options.clientId ?? textAt(credentials, 'client_id') ?? '').trim();
  if (CLIENT_ID.test(clientId)) return clientId;
  throw configError(
    clientId === ''
      ? 'The client ID is missing. Give the one of your marketplace app with --client-id, or a configuration that has it with --config.'
      : 'The client ID is not one: it looks like 64f0c1d2a3b4c5d6e7f80912-abcd1234.',
  );
};

/** @throws ConnectorError when the sign-in could not end with a configuration that works */
export const planLogin = async (
  options: LoginOptions,
  dependencies: LoginDependencies,
): Promise<LoginPlan> => {
  const { redactor } = dependencies;
  const existing =
    options.config === undefined ? undefined : await existingConfig(dependencies, options.config);
  collectSecrets(existing ?? {}).forEach(redactor.add);
  const credentials = credentialsOf(existing);
  const clientId = clientIdOf(options, credentials);
  const secret = await clientSecret({ ...dependencies, existing, clientId });
  redactor.add(secret);
  const draft = draftConfig({ ...options, existing, clientId, clientSecret: secret });
  const asked = (options.scopes ?? textAt(credentials, 'scopes') ?? '').split(/[\s,]+/).filter(Boolean);
  return {
    clientId,
    clientSecret: secret,
    scopes: asked.length === 0 ? everyScope : asked,
    // The page of a private app does not open without one.
    versionId: options.versionId ?? textAt(credentials, 'version_id') ?? clientId.split('-')[0] ?? clientId,
    draft,
    config: parseConfig(draft),
  };
};
