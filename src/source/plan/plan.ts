import type { ConfiguredCatalog, ConfiguredStream } from '../../protocol/catalog.ts';
import { ConnectorError } from '../../foundation/errors.ts';
import type { JsonObject } from '../../foundation/json.ts';
import { exactly, NONE } from '../../stream/forecast/amount.ts';
import { PROFILES_A_PAGE } from '../read-directory.ts';
import { isDirectory, isReport, type SelectedStream, selectStreams } from '../select-streams.ts';
import { openSync, type ReadDependencies } from '../sync.ts';
import { createLookupCosts } from './lookup-costs.ts';
import { type LocationPlan, type Planning, planLocations } from './plan-locations.ts';
import { createQuotaRegister, type QuotaRegister } from './quota-register.ts';

/** What a sync of one stream is expected to be. */
export interface StreamPlan {
  readonly name: string;
  readonly syncMode: ConfiguredStream['syncMode'];
  readonly locations: readonly LocationPlan[];
  /** Why the stream cannot be read at all; undefined if it can. */
  readonly problem: string | undefined;
}

/** Requests that are no stream's. */
export interface FixedRequests {
  /** To find the locations; as many as the plan needed for it. */
  readonly list: number;
  /** For a token of each location; none where tokens were pasted. */
  readonly tokens: number;
  /** For the profiles of the agency's locations, if they are wanted. */
  readonly profiles: number;
}

/** What a sync is expected to bring and to cost. */
export interface Plan {
  readonly streams: readonly StreamPlan[];
  readonly locationIds: readonly string[];
  readonly fixed: FixedRequests;
  readonly quotas: QuotaRegister;
  /** Requests that the plan itself has cost. */
  readonly requests: number;
}

interface WholePlanning extends Planning {
  /** Streams that the report of the sync tells of. */
  readonly reported: number;
}

/** A row of each stream but itself; it asks nothing. */
const planReportStream = ({ sync: { found }, reported }: WholePlanning): readonly LocationPlan[] =>
  found.locationIds.map((locationId) => ({
    locationId,
    problem: undefined,
    forecast: { rows: exactly(reported), requests: NONE, atOnce: 1 },
  }));

/** The rows of the locations' own stream are known; an agency's profiles come by the page, others one by one. */
const planDirectory = ({ sync: { found, access } }: Planning): readonly LocationPlan[] =>
  found.locationIds.map((locationId) => ({
    locationId,
    problem: undefined,
    forecast: { rows: exactly(1), requests: access.company === undefined ? exactly(1) : NONE, atOnce: 1 },
  }));

const planStream = async (
  planning: WholePlanning,
  selected: SelectedStream,
  input: JsonObject | undefined,
): Promise<StreamPlan> => {
  const { sync } = planning;
  const { stream, configured } = selected;
  const plan = { name: stream.name, syncMode: configured.syncMode, problem: undefined };
  if (isDirectory(selected)) return { ...plan, locations: planDirectory(planning) };
  if (isReport(selected)) return { ...plan, locations: planReportStream(planning) };
  try {
    return { ...plan, locations: await planLocations(planning, selected, input) };
  } catch (thrown) {
    // What concerns the stream everywhere leaves the others alone.
    if (sync.signal.aborted || !(thrown instanceof ConnectorError) || thrown.reach === 'sync') throw thrown;
    return { ...plan, locations: [], problem: sync.redact(thrown.message) };
  }
};

/**
 * Asks what a sync would be, and reads nothing: one request at most a stream and location, within the same quota.
 * @throws ConnectorError for what would end the sync before its first stream
 */
export const plan = async (
  dependencies: ReadDependencies,
  catalog: ConfiguredCatalog,
  states: ReadonlyMap<string, JsonObject>,
): Promise<Plan> => {
  const { session } = dependencies;
  const { selected, rejected } = selectStreams(dependencies.streams, catalog);
  const sync = await openSync(dependencies, selected, states);
  await session.serverNow();
  const list = session.costs().requests;
  const { found, access } = sync;
  const planning: WholePlanning = {
    sync,
    quotas: createQuotaRegister(),
    lookups: createLookupCosts(),
    reported: catalog.streams.length - selected.filter(isReport).length,
  };
  const streams: StreamPlan[] = [];
  for (const one of selected) streams.push(await planStream(planning, one, states.get(one.stream.name)));
  const isAgency = access.company !== undefined;
  const locations = found.locationIds.length;
  const invalid = rejected.map(({ streamName, error }): StreamPlan => ({
    name: streamName ?? '',
    syncMode: 'full_refresh',
    locations: [],
    problem: error.message,
  }));
  return {
    streams: [...streams, ...invalid],
    locationIds: found.locationIds,
    fixed: {
      list,
      tokens: isAgency ? locations : 0,
      profiles: isAgency && selected.some(isDirectory) ? Math.ceil(locations / PROFILES_A_PAGE) : 0,
    },
    quotas: planning.quotas,
    requests: session.costs().requests,
  };
};
