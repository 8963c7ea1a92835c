import { readClaims } from '../auth/claims.ts';
import type { Credentials } from '../config/credentials.ts';
import type { Log } from '../foundation/log.ts';
import type { AirbyteStream } from '../protocol/messages.ts';
import { toAirbyteStream } from '../stream/airbyte-stream.ts';
import type { StreamDefinition } from '../stream/definition.ts';

/** The scopes that the credentials say they have, without asking anyone; undefined when they do not say. */
const scopesOf = (credentials: Credentials): ReadonlySet<string> | undefined => {
  const scopes = credentials.kind === 'oauth' ? readClaims(credentials.accessToken)?.scopes : undefined;
  return scopes && new Set(scopes);
};

/** Whether the stream can be read with the scopes. The locations' own rows need none: they then come without a profile. */
export const isAllowed = (
  { scope, retrieval }: StreamDefinition,
  scopes: ReadonlySet<string> | undefined,
): boolean => scopes === undefined || retrieval.kind === 'directory' || scopes.has(scope);

/** The catalog: every stream whose scope the credentials have. Asks no one, so that it costs no quota and no token. */
export const discover = (
  streams: readonly StreamDefinition[],
  credentials: Credentials,
  log: Log,
): readonly AirbyteStream[] => {
  const scopes = scopesOf(credentials);
  const left = streams.filter((stream) => !isAllowed(stream, scopes));
  for (const { name, scope } of left) {
    log.info(`The stream ${name} is left out: the app has no scope ${scope}. Add it and sign in again.`);
  }
  return streams.filter((stream) => isAllowed(stream, scopes)).map(toAirbyteStream);
};
