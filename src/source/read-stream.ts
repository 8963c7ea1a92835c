import type { JsonObject } from '../foundation/json.ts';
import type { LanePlace } from '../foundation/lane-pool.ts';
import type { ConfiguredStream } from '../protocol/catalog.ts';
import type { StreamDefinition } from '../stream/definition.ts';
import { incrementalReader } from '../stream/reader.ts';
import { absentIn, judgeStream } from './judge-stream.ts';
import { locationOutcomes } from './location-outcomes.ts';
import { normaliserFor } from './normaliser-for.ts';
import { asksFor, isContained, readLocation, type StreamRead } from './read-location.ts';
import { modeOf, openState } from './read-mode.ts';
import { NO_STATE } from './stateless-output.ts';
import { createStreamOutput } from './stream-output.ts';
import { collectFigures, locationFigures } from './stream-figures.ts';
import { streamSummary } from './summary.ts';
import type { Sync } from './sync.ts';
import { type StreamOutcome, syncStream } from './sync-stream.ts';
import { type StreamResult, toStreamResult } from './stream-result.ts';

/** Where and how long a stream is read. */
interface StreamReading {
  readonly configured: ConfiguredStream;
  readonly input: JsonObject | undefined;
  readonly place: LanePlace;
  /** Aborted when nothing more of the sync is to be read. */
  readonly signal: AbortSignal;
}

const readAll = (
  read: StreamRead,
  { place, signal }: Pick<StreamReading, 'place' | 'signal'>,
): Promise<StreamOutcome> => {
  const { sync, stream, configured, state, output, collector } = read;
  return syncStream({
    stream,
    locationIds: sync.inTurn,
    needs: asksFor(read),
    read: (locationId, signal) => readLocation(read, locationId, signal),
    normalise: normaliserFor(sync, stream, configured),
    output,
    keep: (locationId, cursor) => state?.set(locationId, cursor),
    wrote: collector.wrote,
    rowsLeft: collector.rowsLeft,
    place,
    signal,
    isContained: isContained(sync),
  });
};

/** Reads one stream over all locations. Throws nothing but the signal's reason, after an abort. */
export const readStream = async (
  sync: Sync,
  stream: StreamDefinition,
  { configured, input, place, signal }: StreamReading,
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
  const collector = collectFigures(sync, {
    name: stream.name,
    locations: sync.found.locationIds.length,
    cursorColumn: incrementalReader(stream)?.cursorColumn,
  });
  await output.started();
  const read = { sync, stream, configured, mode, state, output, collector };
  const outcome = await readAll(read, { place, signal });
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
  const summary = streamSummary(stream.name, collector.figures({ rows, locations, isCutShort }));
  log.info(summary);
  collector.summarised(summary);
  const ended = { rows, failures, thrown: outcome.thrown };
  return toStreamResult(sync, stream.name, ended, (error) =>
    locationOutcomes({
      locationIds: sync.found.locationIds,
      failures: [...absentIn(sync), ...outcome.failures],
      skipped,
      error,
      figuresOf: collector.ofLocation,
      cursorOf: (locationId) => state?.cursorOf(locationId),
    }),
  );
};
