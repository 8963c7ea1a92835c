import { ConnectorError, reworded } from '../foundation/errors.ts';
import { isJsonObject } from '../foundation/json.ts';
import type { ConfiguredStream } from '../protocol/catalog.ts';
import type { StreamDefinition } from '../stream/definition.ts';
import { fillLookup } from '../stream/fill-lookup.ts';
import type { ReadContext } from '../stream/read-context.ts';
import type { ReadEvent } from '../stream/read-event.ts';
import type { LocationEnd } from './location-figures.ts';
import { lookupOf } from './lookup-of.ts';
import type { ReadMode } from './read-mode.ts';
import type { FigureCollector } from './stream-figures.ts';
import type { StreamOutput } from './stream-output.ts';
import type { StreamState } from './stream-state.ts';
import type { Sync } from './sync.ts';

/** What the locations of one stream share. */
export interface StreamRead {
  readonly sync: Sync;
  readonly stream: StreamDefinition;
  readonly configured: ConfiguredStream;
  readonly mode: ReadMode;
  readonly state: StreamState | undefined;
  readonly output: StreamOutput;
  readonly collector: FigureCollector;
}

const contextFor = (
  { sync, stream, output, collector }: StreamRead,
  locationId: string,
  signal: AbortSignal,
): ReadContext => {
  const { session, access, budget, pages, log } = sync;
  const authenticator = access.authenticatorFor(locationId);
  return {
    locationId,
    serverNow: session.serverNow,
    parallel: sync.parallel,
    budget,
    pages,
    log,
    counted: collector.counted,
    expects: (rows) => {
      output.expects(rows);
      collector.expects(locationId, rows);
    },
    rowsLeft: () => collector.rowsLeft(locationId),
    isOver: sync.isOver,
    send: (request, options) =>
      session.requester.request(request, {
        authenticator,
        bucket: locationId,
        purpose: `${stream.name} of location ${locationId}`,
        subject: stream.name,
        signal,
        meter: collector.meterOf(locationId),
        ...options,
        onRateLimited: (resetAtMs) => {
          // A reader that went away is noticed by whoever writes the records.
          output.rateLimited(resetAtMs).catch(() => undefined);
        },
      }),
  };
};

async function* readEvents(
  read: StreamRead,
  locationId: string,
  context: ReadContext,
): AsyncGenerator<ReadEvent, void> {
  const { sync, mode, state } = read;
  const { config, startDate, jobId, isOver } = sync;
  if (!mode.isIncremental || !isOver()) {
    const events = mode.reader.read({
      state: state?.cursorOf(locationId),
      startDate,
      lookbackMs: config.lookbackMs,
      trailingDays: config.trailingDays,
      job: jobId,
      context,
    });
    const lookup = lookupOf(read);
    yield* lookup === undefined ? events : fillLookup(lookup, events, { tables: sync.lookups, context });
  }
  sync.register.succeeded(locationId);
}

/** Whether anything has to be asked of a location. */
export const asksFor =
  ({ sync, mode, state }: StreamRead) =>
  (locationId: string): boolean => {
    if (mode.isIncremental) return !sync.isOver();
    const fullRefresh = state?.cursorOf(locationId)?.['full_refresh'];
    return !isJsonObject(fullRefresh) || fullRefresh['done'] !== true;
  };

/** Whether a failure concerns its location only. */
export const isContained =
  ({ access }: Sync) =>
  ({ reach }: ConnectorError): boolean =>
    reach === 'partition' || (reach === 'stream' && access.hasScopesPerLocation);

/** For maintainers: the location that met what concerns more than itself. What concerns it alone is told with its name. */
const atLocation = (locationId: string, error: ConnectorError): ConnectorError =>
  reworded(error, { internalMessage: `${locationId}: ${error.internalMessage ?? 'no details'}` });

/** The events of a location; a token that lacks a scope because it is the agency's is called by its name. */
export async function* readLocation(
  read: StreamRead,
  locationId: string,
  signal: AbortSignal,
): AsyncGenerator<ReadEvent, void> {
  const { sync, mode, collector } = read;
  let end: LocationEnd = 'failed';
  try {
    yield* readEvents(read, locationId, contextFor(read, locationId, signal));
    end = mode.isIncremental && sync.isOver() ? 'cut_short' : 'complete';
  } catch (thrown) {
    // Ended by another location, whose error this is.
    if (!(thrown instanceof ConnectorError) || signal.aborted) throw thrown;
    const agencys = thrown.reach === 'stream' ? await sync.agencyTokenProblem(locationId) : undefined;
    const error = agencys ?? thrown;
    throw isContained(sync)(error) ? error : atLocation(locationId, error);
  } finally {
    collector.ended(locationId, end);
  }
}
