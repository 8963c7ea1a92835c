import { readClaims } from '../auth/claims.ts';
import type { Config } from '../config/config.ts';
import type { Credentials } from '../config/credentials.ts';
import type { Log } from '../foundation/log.ts';
import type { AirbyteStream } from '../protocol/messages.ts';
import { toAirbyteStream } from '../stream/airbyte-stream.ts';
import type { StreamDefinition } from '../stream/definition.ts';
import { scopesOf } from '../stream/parents.ts';

/** The scopes that the credentials say they have, without asking anyone; undefined when they do not say. */
const scopesOfCredentials = (credentials: Credentials): ReadonlySet<string> | undefined => {
  const scopes = credentials.kind === 'oauth' ? readClaims(credentials.accessToken)?.scopes : undefined;
  return scopes && new Set(scopes);
};

/** The scopes that reading the stream needs and that are not there. The locations' own rows need none: they then come without a profile. */
const missingScopes = (
  stream: StreamDefinition,
  scopes: ReadonlySet<string> | undefined,
): readonly string[] =>
  scopes === undefined || stream.retrieval.kind === 'directory'
    ? []
    : scopesOf(stream).filter((scope) => !scopes.has(scope));

/** Whether the stream can be read with the scopes. */
export const isAllowed = (stream: StreamDefinition, scopes: ReadonlySet<string> | undefined): boolean =>
  missingScopes(stream, scopes).length === 0;

/**
 * The catalog: every stream whose scopes the credentials have, and of the costly ones those that were asked for. Asks no
 * one, so that it costs no quota and no token.
 */
export const discover = (
  streams: readonly StreamDefinition[],
  { credentials, costlyStreams }: Pick<Config, 'credentials' | 'costlyStreams'>,
  log: Log,
): readonly AirbyteStream[] => {
  const scopes = scopesOfCredentials(credentials);
  const offered = streams.filter(({ name, isCostly = false }) => !isCostly || costlyStreams.includes(name));
  for (const stream of offered.filter((one) => !isAllowed(one, scopes))) {
    const missing = missingScopes(stream, scopes).join(', ');
    log.info(
      `The stream ${stream.name} is left out: the app has no scope ${missing}. Add it and sign in again.`,
    );
  }
  return offered.filter((stream) => isAllowed(stream, scopes)).map(toAirbyteStream);
};
