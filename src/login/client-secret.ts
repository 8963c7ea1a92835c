import { isMasked } from '../config/masked.ts';
import { configError } from '../foundation/errors.ts';
import { isJsonObject, type JsonObject, textAt } from '../foundation/json.ts';
import type { LoginMachine } from './login-machine.ts';

export const SECRET_VARIABLE = 'HIGHLEVEL_CLIENT_SECRET';

interface SecretSources {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly existing: JsonObject | undefined;
  /** The secret of another client ID is of no use. */
  readonly clientId: string;
  readonly machine: Pick<LoginMachine, 'askSecretly'>;
  readonly signal: AbortSignal;
}

const secretIn = (existing: JsonObject | undefined, clientId: string): string => {
  const credentials = existing?.['credentials'];
  if (!isJsonObject(credentials) || textAt(credentials, 'client_id')?.trim() !== clientId) return '';
  const secret = textAt(credentials, 'client_secret')?.trim() ?? '';
  return isMasked(secret) ? '' : secret;
};

/**
 * From the environment, else from the configuration, else from the person at the terminal. Never from an argument: shells
 * keep those.
 * @throws ConnectorError when there is none
 */
export const clientSecret = async ({
  env,
  existing,
  clientId,
  machine,
  signal,
}: SecretSources): Promise<string> => {
  const given = env[SECRET_VARIABLE]?.trim() ?? '';
  if (given !== '') return given;
  const known = secretIn(existing, clientId);
  if (known !== '') return known;
  const typed = (await machine.askSecretly('Client secret (it is not shown): ', signal))?.trim() ?? '';
  if (typed !== '') return typed;
  throw configError(
    `The client secret is missing. Put it into the environment variable ${SECRET_VARIABLE}, name a configuration that has it ` +
      '(--config), or run login at a terminal, which asks for it (with docker: docker run -it).',
  );
};
