import { type ConnectorError, toConnectorError } from '../foundation/errors.ts';
import type { Config } from '../config/config.ts';
import { mergeBounded } from '../foundation/merge.ts';
import type { Log } from '../foundation/log.ts';
import type { StreamDefinition } from '../stream/definition.ts';
import { scopesOf } from '../stream/parents.ts';
import { isAllowed } from './discover.ts';
import { summariseFailures } from './failure-traces.ts';
import { findLocations } from './find-locations.ts';
import { createInstalledLocations } from './installed-locations.ts';
import { createLocationProbe } from './location-probe.ts';
import type { Session } from './session.ts';
import type { LocationFailure } from './sync-stream.ts';
import { judgeLocations } from './verdict.ts';
import { sourceError } from './source-errors.ts';

interface CheckDependencies {
  readonly config: Config;
  readonly session: Session;
  readonly streams: readonly StreamDefinition[];
  readonly log: Log;
  readonly signal: AbortSignal;
}

const LANES = 5;
/** Of locations that were found and not listed by the user, one that can be read proves the credentials. */
const MOST_SAMPLES = 10;

type Probe = (locationId: string) => Promise<void>;

const failureOf = async (
  probe: Probe,
  locationId: string,
  signal: AbortSignal,
): Promise<LocationFailure | undefined> => {
  try {
    await probe(locationId);
    return undefined;
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    const error = toConnectorError(thrown);
    if (error.reach === 'sync') throw error;
    return { locationId, error };
  }
};

const probeAll = async (
  probe: Probe,
  locationIds: readonly string[],
  signal: AbortSignal,
): Promise<readonly LocationFailure[]> => {
  const probes = locationIds.map(
    (locationId) =>
      async function* once(): AsyncGenerator<LocationFailure | undefined, void> {
        yield await failureOf(probe, locationId, signal);
      },
  );
  const failures: LocationFailure[] = [];
  for await (const failure of mergeBounded(probes, LANES)) if (failure !== undefined) failures.push(failure);
  return failures;
};

/** @returns nothing as soon as one can be read, else why none can */
const probeSome = async (
  probe: Probe,
  locationIds: readonly string[],
  signal: AbortSignal,
): Promise<readonly LocationFailure[]> => {
  const failures: LocationFailure[] = [];
  for (const locationId of locationIds.slice(0, MOST_SAMPLES)) {
    const failure = await failureOf(probe, locationId, signal);
    if (failure === undefined) return [];
    failures.push(failure);
  }
  return failures;
};

const requireSomeScope = (
  streams: readonly StreamDefinition[],
  scopes: ReadonlySet<string> | undefined,
): void => {
  const data = streams.filter(
    (stream) => scopesOf(stream).length > 0 && stream.retrieval.kind !== 'directory',
  );
  if (data.some((stream) => isAllowed(stream, scopes))) return;
  const wanted = [...new Set(data.flatMap(scopesOf))].join(', ');
  throw sourceError('no_scope', { scopes: wanted });
};

const firstProblem = (failures: readonly LocationFailure[], total: number): ConnectorError | undefined =>
  summariseFailures(undefined, failures, { total })[0]?.error;

/**
 * Signs in, finds the locations, and asks some of them (all that the user has listed) for a row.
 * @throws ConnectorError that says what to do when a sync could not read what it is to read
 */
export const check = async (dependencies: CheckDependencies): Promise<void> => {
  const { config, session, streams, log, signal } = dependencies;
  const access = await session.access();
  requireSomeScope(streams, access.scopes);
  const { locationIds } = await findLocations({
    choice: config,
    ownLocations: access.ownLocations,
    installed: access.company && createInstalledLocations(access.company, session.requester, signal),
    known: new Set(),
    log,
  });
  const probe = createLocationProbe(access, session.requester, signal);
  const areListed = config.locationIds.length > 0 || access.ownLocations !== undefined;
  const failures = await (areListed ? probeAll : probeSome)(probe, locationIds, signal);
  const { failed, skipped } = judgeLocations({
    policy: config.inaccessibleLocations,
    total: areListed ? locationIds.length : failures.length,
    failures,
    newlyGone: new Set(),
    known: new Set(),
  });
  for (const { error } of skipped) log.warn(`A sync would skip: ${error.message}`);
  const problem = firstProblem(failed, locationIds.length);
  if (problem !== undefined) throw problem;
};
