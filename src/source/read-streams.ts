import { ConnectorError } from '../foundation/errors.ts';
import type { JsonObject } from '../foundation/json.ts';
import type { LanePlace } from '../foundation/lane-pool.ts';
import { linkedAbort } from '../foundation/linked-abort.ts';
import { type LocationOutcome, nothingRead } from './location-outcomes.ts';
import { readLocations } from './read-locations.ts';
import { readReport } from './read-report.ts';
import { readStream } from './read-stream.ts';
import { rejectStream } from './reject-stream.ts';
import { isDirectory, isReport, type SelectedStream } from './select-streams.ts';
import type { StreamResult } from './stream-result.ts';
import { collectResults, type Readings } from './stream-results.ts';
import type { SyncReport } from './sync-report.ts';
import type { Sync } from './sync.ts';

interface ReadingOptions {
  readonly states: ReadonlyMap<string, JsonObject>;
  readonly report: SyncReport;
}

interface StreamReading extends ReadingOptions {
  /** Aborted when nothing more is to be read. */
  readonly signal: AbortSignal;
  /** Undefined for the streams that tell of the others. */
  readonly place: LanePlace | undefined;
}

const readOne = async (
  sync: Sync,
  selected: SelectedStream,
  { states, report, signal, place }: StreamReading,
): Promise<StreamResult> => {
  const { stream, configured } = selected;
  if (isReport(selected)) return readReport(sync, stream, { configured, report });
  try {
    return place === undefined
      ? await readLocations(sync, stream, configured)
      : await readStream(sync, stream, { configured, input: states.get(stream.name), signal, place });
  } catch (thrown) {
    // The state that was given cannot be read: the stream has not begun.
    if (!(thrown instanceof ConnectorError) || sync.signal.aborted) throw thrown;
    await rejectStream(sync, stream.name);
    const outcomes = (): readonly LocationOutcome[] => nothingRead(sync.found.locationIds, 'failed', thrown);
    return { rows: 0, failures: [{ streamName: stream.name, error: thrown }], outcomes };
  }
};

/**
 * Reads the streams in their order: each begins when those before it leave room for one of its locations, and those that
 * tell of the others begin when all others have ended. What ends the sync ends the streams that are being read; those
 * that have not begun are rejected.
 * @throws the signal's reason after an abort, and what says that nobody reads any more
 */
export const readStreams = async (
  sync: Sync,
  selected: readonly SelectedStream[],
  { states, report }: ReadingOptions,
): Promise<Readings> => {
  const results = collectResults(sync, selected, report);
  const end = linkedAbort(sync.signal);

  const read = async (one: SelectedStream, place?: LanePlace): Promise<void> => {
    try {
      const fatal = results.fatal();
      if (fatal === undefined || isReport(one)) {
        results.ended(one, await readOne(sync, one, { states, report, signal: end.signal, place }));
      } else {
        await rejectStream(sync, one.configured.name);
        results.rejected(one);
      }
      if (results.fatal() !== undefined) end.abort(results.fatal());
    } catch (thrown) {
      results.broke(thrown);
      end.abort(thrown);
    } finally {
      place?.leave();
    }
  };

  const running: Promise<void>[] = [];
  const others = selected.filter((one) => !isDirectory(one) && !isReport(one));
  for (const one of others) {
    const place = await sync.pool.enter(sync.inTurn);
    if (results.isBroken()) break;
    running.push(read(one, place));
  }
  await Promise.all(running);
  for (const one of selected) if (!others.includes(one) && !results.isBroken()) await read(one);
  // A sign-in that is being renewed meanwhile is written down before the process ends.
  await sync.pool.settled();
  end.unlink();
  return results.readings();
};
