import type { Config } from '../config/config.ts';
import { type ByteBudget, createByteBudget } from '../foundation/byte-budget.ts';
import { parseIso } from '../foundation/instant.ts';
import type { JsonObject } from '../foundation/json.ts';
import { createLanePool, type LanePool } from '../foundation/lane-pool.ts';
import type { Log } from '../foundation/log.ts';
import type { Runtime } from '../foundation/runtime.ts';
import type { MessageEmitter } from '../protocol/emitter.ts';
import type { StreamDefinition } from '../stream/definition.ts';
import { createLookupTables, type LookupTables } from '../stream/lookup-tables.ts';
import { createPageMemory, type PageMemory } from '../stream/page-memory.ts';
import type { Access } from './access.ts';
import { bytesInFlight } from './bytes-in-flight.ts';
import { findLocations, type FoundLocations } from './find-locations.ts';
import { createInstalledLocations } from './installed-locations.ts';
import { createLocationRegister, type LocationRegister } from './location-register.ts';
import { type AgencyTokenTest, createAgencyTokenTest } from './location-probe.ts';
import { lookupOf } from './lookup-of.ts';
import { readableStates, type SelectedStream } from './select-streams.ts';
import type { Session } from './session.ts';
import type { SyncWatch } from './sync-watch.ts';
import { type KnownLocations, knownLocations } from './stream-state.ts';

/** What reading needs from the outside. */
export interface ReadDependencies {
  readonly config: Config;
  readonly session: Session;
  readonly emitter: MessageEmitter;
  readonly runtime: Runtime;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** What the process may use for objects. */
  readonly heapLimitBytes: number;
  /** The platform's job, by which a retry is told from a new sync; undefined outside the platform. */
  readonly jobId: string | undefined;
  /** Hides secrets in what is written as data. */
  readonly redact: (text: string) => string;
  /** Told how the sync goes on. */
  readonly watch: SyncWatch;
  /** Every stream of the connector. */
  readonly streams: readonly StreamDefinition[];
}

/** What the streams of one sync share. */
export interface Sync extends ReadDependencies {
  readonly access: Access;
  readonly found: FoundLocations;
  readonly known: KnownLocations;
  readonly register: LocationRegister;
  /** Locations read at once. */
  readonly lanes: number;
  /** Lanes for the locations of all streams. */
  readonly pool: LanePool;
  /** The locations in the order in which every stream takes them up. */
  readonly inTurn: readonly string[];
  /** Requests of one of them at once. */
  readonly parallel: number;
  readonly budget: ByteBudget;
  readonly pages: PageMemory;
  readonly lookups: LookupTables;
  readonly agencyTokenProblem: AgencyTokenTest;
  /** Epoch ms. */
  readonly startDate: number | undefined;
  /** True when the time that the user gave the sync is over. */
  readonly isOver: () => boolean;
}

/** Locations read at once: of each a page or two are in memory, within the budget of bytes. */
const MOST_LANES = 50;
/** Requests of a location at once: ten a second is its quota, which this many fill though an answer takes half a second. */
const MOST_PARALLEL = 6;
/** How much is prepared at once; how many requests are under way is bounded where they are sent. */
const concurrencyFor = (mostRequests = Infinity): Pick<Sync, 'lanes' | 'parallel'> => ({
  lanes: Math.min(MOST_LANES, mostRequests),
  parallel: Math.min(MOST_PARALLEL, mostRequests),
});

/** Locations' lanes over all streams: enough to fill the quota of one with streams that are read page after page. */
const MOST_LANES_OF_ONE = 6;
/** Streams at once: each keeps the state and the figures of all its locations until it ends. */
const MOST_STREAMS = 12;

/**
 * With a limit of time, each sync begins with another location: those at the end of the list would otherwise never be
 * reached by streams that are read whole.
 */
const inTurn = (
  locationIds: readonly string[],
  { config, runtime }: Pick<ReadDependencies, 'config' | 'runtime'>,
): readonly string[] => {
  if (config.maxSyncMs === undefined) return locationIds;
  const first = Math.floor(runtime.random() * locationIds.length);
  return [...locationIds.slice(first), ...locationIds.slice(0, first)];
};

/**
 * Signs in and finds the locations, for the streams that were selected and with their states at hand.
 * @throws ConnectorError when there is nothing to read
 */
export const openSync = async (
  dependencies: ReadDependencies,
  selected: readonly SelectedStream[],
  states: ReadonlyMap<string, JsonObject>,
): Promise<Sync> => {
  const { config, session, log, signal, runtime } = dependencies;
  const { maxSyncMs, maxConcurrency } = config;
  const startedAtMs = runtime.now();
  const access = await session.access();
  const known = knownLocations(readableStates(selected, states));
  const found = await findLocations({
    choice: config,
    ownLocations: access.ownLocations,
    installed: access.company && createInstalledLocations(access.company, session.requester, signal),
    known: known.read,
    log,
  });
  log.info(`Locations to read: ${found.locationIds.length}.`);
  const register = createLocationRegister();
  for (const [locationId, error] of found.absent) register.failed(locationId, error);
  const concurrency = concurrencyFor(maxConcurrency);
  const { lanes } = concurrency;
  return {
    ...dependencies,
    access,
    found,
    known,
    register,
    ...concurrency,
    inTurn: inTurn(found.locationIds, dependencies),
    pool: createLanePool({
      lanes,
      lanesPerKey: Math.min(MOST_LANES_OF_ONE, lanes),
      users: Math.min(MOST_STREAMS, lanes),
      prepare: access.prepare,
    }),
    budget: createByteBudget(bytesInFlight(dependencies.heapLimitBytes)),
    pages: createPageMemory(),
    lookups: createLookupTables(selected.flatMap((one) => lookupOf(one) ?? [])),
    agencyTokenProblem: createAgencyTokenTest(access, session.requester, signal),
    startDate: parseIso(config.startDate),
    isOver: () => maxSyncMs !== undefined && runtime.now() - startedAtMs >= maxSyncMs,
  };
};
