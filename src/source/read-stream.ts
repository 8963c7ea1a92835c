import { ConnectorError } from '../foundation/errors.ts';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../foundation/json.ts';
import type { ConfiguredStream } from '../protocol/catalog.ts';
import { isSearchStream, type StreamDefinition } from '../stream/definition.ts';
import type { ReadContext } from '../stream/read-context.ts';
import type { ReadEvent } from '../stream/read-event.ts';
import { readInFull } from '../stream/read-in-full.ts';
import { readIncrementally } from '../stream/read-incrementally.ts';
import { readList } from '../stream/read-list.ts';
import { judgeStream } from './judge-stream.ts';
import { normaliserFor } from './normaliser-for.ts';
import { createStreamOutput, type StreamOutput } from './stream-output.ts';
import { createStreamState, type StreamState } from './stream-state.ts';
import type { Sync } from './sync.ts';
import { type StreamOutcome, syncStream } from './sync-stream.ts';
import { type StreamResult, toStreamResult } from './stream-result.ts';

/** What a stream leaves behind that has nothing to remember. */
export const NO_STATE: JsonObject = { __ab_no_cursor_state_message: true };

interface StreamRead {
  readonly sync: Sync;
  readonly stream: StreamDefinition;
  readonly configured: ConfiguredStream;
  readonly state: StreamState | undefined;
  readonly output: StreamOutput;
}

/** The part of a state that a full refresh may take up: what another attempt of the same job has done. */
const ofSameJob = (state: JsonObject | undefined, jobId: string | undefined): JsonObject | undefined => {
  const states = state?.['states'];
  if (jobId === undefined || !isJsonArray(states)) return undefined;
  const isOfJob = (entry: JsonValue): boolean => {
    const cursor = isJsonObject(entry) ? entry['cursor'] : undefined;
    const fullRefresh = isJsonObject(cursor) ? cursor['full_refresh'] : undefined;
    return isJsonObject(fullRefresh) && fullRefresh['job'] === jobId;
  };
  return { states: states.filter(isOfJob) };
};

const isIncremental = (stream: StreamDefinition, { syncMode }: ConfiguredStream): boolean =>
  syncMode === 'incremental' && isSearchStream(stream);

/** Undefined for streams that have nothing to remember. @throws ConnectorError for a state that is not ours */
const openState = (
  stream: StreamDefinition,
  configured: ConfiguredStream,
  { state, jobId }: { readonly state: JsonObject | undefined; readonly jobId: string | undefined },
): StreamState | undefined => {
  if (!isSearchStream(stream)) return undefined;
  if (isIncremental(stream, configured)) return createStreamState(state, stream.retrieval);
  return jobId === undefined ? undefined : createStreamState(ofSameJob(state, jobId), stream.retrieval);
};

const contextFor = (
  { sync, stream, output }: StreamRead,
  locationId: string,
  signal: AbortSignal,
): ReadContext => {
  const { session, access, budget, pages, log } = sync;
  const authenticator = access.authenticatorFor(locationId);
  return {
    locationId,
    serverNow: session.serverNow,
    budget,
    pages,
    log,
    isOver: sync.isOver,
    send: (request, options = {}) =>
      session.requester.request(request, {
        authenticator,
        bucket: locationId,
        purpose: `${stream.name} of location ${locationId}`,
        subject: stream.name,
        scope: stream.scope,
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
  read: StreamRead,
  locationId: string,
  signal: AbortSignal,
): AsyncGenerator<ReadEvent, void> {
  const { sync, stream, configured, state } = read;
  const context = contextFor(read, locationId, signal);
  if (isSearchStream(stream)) {
    const search = {
      stream,
      state: state?.cursorOf(locationId),
      startDate: sync.startDate,
      lookbackMs: sync.config.lookbackMs,
      context,
    };
    if (!isIncremental(stream, configured)) yield* readInFull(search, sync.jobId);
    else if (!sync.isOver()) yield* readIncrementally(search);
  } else if (stream.retrieval.kind === 'list') {
    yield* readList(stream.retrieval, context);
  }
  sync.register.succeeded(locationId);
}

/** The events of a location; a token that lacks a scope because it is the agency's is called by its name. */
async function* readLocation(
  read: StreamRead,
  locationId: string,
  signal: AbortSignal,
): AsyncGenerator<ReadEvent, void> {
  try {
    yield* readEvents(read, locationId, signal);
  } catch (thrown) {
    const isScopeProblem = thrown instanceof ConnectorError && thrown.reach === 'stream';
    throw (isScopeProblem ? await read.sync.agencyTokenProblem(locationId) : undefined) ?? thrown;
  }
}

const isContained =
  ({ access }: Sync) =>
  ({ reach }: ConnectorError): boolean =>
    reach === 'partition' || (reach === 'stream' && access.hasScopesPerLocation);

const readAll = (read: StreamRead): Promise<StreamOutcome> => {
  const { sync, stream, configured, state, output } = read;
  return syncStream({
    stream,
    locationIds: sync.found.locationIds,
    read: (locationId, signal) => readLocation(read, locationId, signal),
    normalise: normaliserFor(sync, stream, configured),
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
  const state = openState(stream, configured, { state: input, jobId });
  const output = createStreamOutput({
    name: stream.name,
    emitter,
    now: runtime.now,
    state: () => state?.toJson() ?? NO_STATE,
    hasCheckpoints: state !== undefined,
  });
  await output.started();
  const outcome = await readAll({ sync, stream, configured, state, output });
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
  log.info(`${stream.name}: ${output.recordCount()} records.`);
  return toStreamResult(sync, stream.name, { failures, thrown: outcome.thrown });
};
