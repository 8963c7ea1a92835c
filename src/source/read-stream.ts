import { ConnectorError, reworded } from '../foundation/errors.ts';
import type { JsonObject } from '../foundation/json.ts';
import type { ConfiguredStream } from '../protocol/catalog.ts';
import type { StreamDefinition } from '../stream/definition.ts';
import { fillLookup } from '../stream/fill-lookup.ts';
import type { ReadContext } from '../stream/read-context.ts';
import type { ReadEvent } from '../stream/read-event.ts';
import { incrementalReader } from '../stream/reader.ts';
import { judgeStream } from './judge-stream.ts';
import { normaliserFor } from './normaliser-for.ts';
import { modeOf, openState, type ReadMode } from './read-mode.ts';
import { createStreamOutput, type StreamOutput } from './stream-output.ts';
import type { StreamState } from './stream-state.ts';
import { collectFigures, type FigureCollector, locationFigures } from './stream-figures.ts';
import { streamSummary } from './summary.ts';
import type { Sync } from './sync.ts';
import { type StreamOutcome, syncStream } from './sync-stream.ts';
import { type StreamResult, toStreamResult } from './stream-result.ts';

/** What a stream leaves behind that has nothing to remember. */
export const NO_STATE: JsonObject = { __ab_no_cursor_state_message: true };

interface StreamRead {
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
    expects: output.expects,
    isOver: sync.isOver,
    send: (request, options) =>
      session.requester.request(request, {
        authenticator,
        bucket: locationId,
        purpose: `${stream.name} of location ${locationId}`,
        subject: stream.name,
        signal,
        ...options,
        onRateLimited: (resetAtMs) => {
          // A reader that went away is noticed by whoever writes the records.
          output.rateLimited(resetAtMs).catch(() => undefined);
        },
      }),
  };
};

async function* readEvents(
  { sync, stream, configured, mode, state }: StreamRead,
  locationId: string,
  context: ReadContext,
): AsyncGenerator<ReadEvent, void> {
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
    const { lookup } = stream;
    const isFilled = lookup !== undefined && (configured.selectedFields?.has(lookup.column) ?? true);
    yield* isFilled ? fillLookup(lookup, events, { tables: sync.lookups, context }) : events;
  }
  sync.register.succeeded(locationId);
}

const isContained =
  ({ access }: Sync) =>
  ({ reach }: ConnectorError): boolean =>
    reach === 'partition' || (reach === 'stream' && access.hasScopesPerLocation);

/** For maintainers: the location that met what concerns more than itself. What concerns it alone is told with its name. */
const atLocation = (locationId: string, error: ConnectorError): ConnectorError =>
  reworded(error, { internalMessage: `${locationId}: ${error.internalMessage ?? 'no details'}` });

/** The events of a location; a token that lacks a scope because it is the agency's is called by its name. */
async function* readLocation(
  read: StreamRead,
  locationId: string,
  signal: AbortSignal,
): AsyncGenerator<ReadEvent, void> {
  try {
    yield* readEvents(read, locationId, contextFor(read, locationId, signal));
  } catch (thrown) {
    // Ended by another location, whose error this is.
    if (!(thrown instanceof ConnectorError) || signal.aborted) throw thrown;
    const agencys = thrown.reach === 'stream' ? await read.sync.agencyTokenProblem(locationId) : undefined;
    const error = agencys ?? thrown;
    throw isContained(read.sync)(error) ? error : atLocation(locationId, error);
  }
}

/**
 * With a limit of time, each sync begins with another location: those at the end of the list would otherwise never be
 * reached by streams that are read whole.
 */
const inTurn = ({ found: { locationIds }, config, runtime }: Sync): readonly string[] => {
  if (config.maxSyncMs === undefined) return locationIds;
  const first = Math.floor(runtime.random() * locationIds.length);
  return [...locationIds.slice(first), ...locationIds.slice(0, first)];
};

const readAll = (read: StreamRead): Promise<StreamOutcome> => {
  const { sync, stream, configured, state, output, collector } = read;
  return syncStream({
    stream,
    locationIds: inTurn(sync),
    read: (locationId, signal) => readLocation(read, locationId, signal),
    normalise: collector.watch(normaliserFor(sync, stream, configured)),
    output,
    keep: (locationId, cursor) => state?.set(locationId, cursor),
    lanes: sync.lanes,
    signal: sync.signal,
    isContained: isContained(sync),
  });
};

/** Reads one stream over all locations. Throws nothing but the signal's reason, after an abort. */
export const readStream = async (
  sync: Sync,
  stream: StreamDefinition,
  { configured, input }: { readonly configured: ConfiguredStream; readonly input: JsonObject | undefined },
): Promise<StreamResult> => {
  const { emitter, runtime, jobId, register, log } = sync;
  const mode = modeOf(stream, configured);
  const state = openState(mode, { state: input, jobId });
  const output = createStreamOutput({
    name: stream.name,
    emitter,
    now: runtime.now,
    state: () => state?.toJson() ?? NO_STATE,
    hasCheckpoints: state !== undefined,
  });
  const collector = collectFigures(sync, incrementalReader(stream)?.cursorColumn);
  await output.started();
  const outcome = await readAll({ sync, stream, configured, mode, state, output, collector });
  for (const { locationId, error } of outcome.failures) register.failed(locationId, error);
  const { failures, skipped } = judgeStream(
    { ...sync, policy: sync.config.inaccessibleLocations },
    stream.name,
    outcome.failures,
  );
  const isComplete = failures.length === 0 && outcome.thrown === undefined;
  if (isComplete) state?.setSkipped(skipped);
  // Also when nothing more can be read: what is written already stays good by its state.
  await output.ended(isComplete ? 'COMPLETE' : 'INCOMPLETE');
  const rows = output.recordCount();
  const locations = locationFigures(sync, outcome.failures, skipped);
  const isCutShort = outcome.thrown !== undefined;
  log.info(streamSummary(stream.name, collector.figures({ rows, locations, isCutShort })));
  return toStreamResult(sync, stream.name, { rows, failures, thrown: outcome.thrown });
};
