import { setImmediate as nextTurn } from 'node:timers/promises';
import { type ConnectorError, toConnectorError } from '../foundation/errors.ts';
import type { JsonObject } from '../foundation/json.ts';
import type { LanePlace } from '../foundation/lane-pool.ts';
import { type LinkedAbort, linkedAbort } from '../foundation/linked-abort.ts';
import { mergeInLanes } from '../foundation/merge-in-lanes.ts';
import type { StreamDefinition } from '../stream/definition.ts';
import type { Normalise, NormalisedRecord } from '../stream/normalise.ts';
import type { ReadEvent } from '../stream/read-event.ts';
import { idOf } from '../stream/row-id.ts';
import type { StreamOutput } from './stream-output.ts';

/** A location that a stream could not read. */
export interface LocationFailure {
  readonly locationId: string;
  readonly error: ConnectorError;
}

type SyncEvent =
  (ReadEvent & { readonly locationId: string }) | ({ readonly kind: 'failure' } & LocationFailure);

interface StreamSync {
  readonly stream: StreamDefinition;
  readonly locationIds: readonly string[];
  /** The signal ends requests and waits: when the process is told to stop, and when nothing more of the stream can be read. */
  readonly read: (locationId: string, signal: AbortSignal) => AsyncGenerator<ReadEvent, void>;
  readonly normalise: Normalise;
  readonly output: StreamOutput;
  readonly keep: (locationId: string, cursor: JsonObject) => void;
  /** Told of the records of a location that were written. */
  readonly wrote: (locationId: string, records: readonly NormalisedRecord[]) => void;
  /** Gives lanes to its locations, as other streams leave room for them. Left when the stream has ended. */
  readonly place: LanePlace;
  /** Rows that a location has still to give, if anybody knows: whoever has most ends last, and goes first. */
  readonly rowsLeft: (locationId: string) => number | undefined;
  /** Whether a request has to be sent for a location. */
  readonly needs: (locationId: string) => boolean;
  /** Aborted when the process is told to stop, and when something has ended the sync. */
  readonly signal: AbortSignal;
  /** Whether a failure concerns its location only. */
  readonly isContained: (error: ConnectorError) => boolean;
}

/** Rows of a page that are in memory as records and as lines at the same time. */
const ROWS_AT_ONCE = 100;

/** Writes what a location has read. */
const take = async (
  event: ReadEvent & { readonly locationId: string },
  { stream, normalise, output, keep, wrote }: StreamSync,
): Promise<void> => {
  const { locationId } = event;
  if (event.kind === 'checkpoint') {
    keep(locationId, event.cursor);
    await output.progressed();
  }
  if (event.kind === 'alive') await output.alive();
  if (event.kind !== 'rows') return;
  const { prepare = (row: JsonObject) => row } = stream;
  for (let from = 0; from < event.rows.length; from += ROWS_AT_ONCE) {
    // Answers come in by pieces, one a turn: those that are under way would wait for all of this page, each time.
    if (from > 0) await nextTurn();
    const rows = event.rows.slice(from, from + ROWS_AT_ONCE);
    const records = rows.map((row) => normalise(prepare(row), { location_id: locationId }));
    await output.records(records);
    wrote(locationId, records);
  }
  event.release?.();
};

/** Turns a failure into the last event, so that one location that fails does not stop the others. */
async function* contain(
  locationId: string,
  { read, signal, isContained }: StreamSync,
  end: LinkedAbort,
): AsyncGenerator<SyncEvent, void> {
  try {
    for await (const event of read(locationId, end.signal)) {
      // A row without an id cannot be upserted, whichever way it came.
      if (event.kind === 'rows') event.rows.forEach(idOf);
      yield { ...event, locationId };
    }
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    const error = toConnectorError(thrown);
    if (!isContained(error)) {
      // What the other locations wait for is for nothing; they end with the same error.
      end.abort(error);
      throw error;
    }
    yield { kind: 'failure', locationId, error };
  }
}

export interface StreamOutcome {
  readonly failures: readonly LocationFailure[];
  /** What ended the stream before its end, as it was thrown; undefined when every location was read or failed by itself. */
  readonly thrown: unknown;
}

/**
 * Reads one stream over its locations. Records and checkpoints of a location come in the order it made them, through
 * one consumer, so that a state never is ahead of its records. Never throws: what is known of some locations when the
 * stream ends early is part of the outcome.
 */
export const syncStream = async (sync: StreamSync): Promise<StreamOutcome> => {
  const { locationIds, needs, place, rowsLeft, signal } = sync;
  const failures: LocationFailure[] = [];
  const end = linkedAbort(signal);
  /** Locations with rows that were written after their last checkpoint. */
  const uncovered = new Set<string>();
  const events = mergeInLanes(place, {
    keys: locationIds,
    needs,
    signal: end.signal,
    // The checkpoint that covers rows comes next: a state of another location between them would have them come twice.
    urgency: (locationId) => (uncovered.has(locationId) ? Infinity : rowsLeft(locationId)),
    source: (locationId) => contain(locationId, sync, end),
  });
  try {
    for await (const event of events) {
      if (event.kind === 'rows') uncovered.add(event.locationId);
      else uncovered.delete(event.locationId);
      if (event.kind === 'failure') failures.push(event);
      else await take(event, sync);
    }
    return { failures, thrown: undefined };
  } catch (thrown) {
    return { failures, thrown };
  } finally {
    end.unlink();
  }
};
