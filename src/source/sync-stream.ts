import { type ConnectorError, toConnectorError } from '../foundation/errors.ts';
import type { JsonObject } from '../foundation/json.ts';
import { mergeBounded } from '../foundation/merge.ts';
import type { StreamDefinition } from '../stream/definition.ts';
import type { Normalise } from '../stream/normalise.ts';
import type { ReadEvent } from '../stream/read-event.ts';
import type { LocationCursor } from '../stream/location-cursor.ts';
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
  readonly read: (locationId: string) => AsyncGenerator<ReadEvent, void>;
  readonly normalise: Normalise;
  readonly output: StreamOutput;
  readonly keep: (locationId: string, cursor: LocationCursor) => void;
  /** Locations read at once. */
  readonly lanes: number;
  readonly signal: AbortSignal;
  /** Whether a failure concerns its location only. */
  readonly isContained: (error: ConnectorError) => boolean;
}

/** Rows of a page that are in memory as records and as lines at the same time. */
const ROWS_AT_ONCE = 100;

/** Turns a failure into the last event, so that one location that fails does not stop the others. */
async function* contain(
  locationId: string,
  { read, signal, isContained }: StreamSync,
): AsyncGenerator<SyncEvent, void> {
  try {
    for await (const event of read(locationId)) yield { ...event, locationId };
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    const error = toConnectorError(thrown);
    if (!isContained(error)) throw error;
    yield { kind: 'failure', locationId, error };
  }
}

/**
 * Reads one stream over its locations. Records and checkpoints of a location come in the order it made them, through
 * one consumer, so that a state never is ahead of its records.
 * @throws ConnectorError for a failure that concerns more than one location
 */
export const syncStream = async (sync: StreamSync): Promise<readonly LocationFailure[]> => {
  const { stream, locationIds, normalise, output, keep, lanes } = sync;
  const failures: LocationFailure[] = [];
  const { prepare = (row: JsonObject) => row } = stream;
  const readers = locationIds.map((locationId) => () => contain(locationId, sync));

  for await (const event of mergeBounded(readers, lanes)) {
    switch (event.kind) {
      case 'rows':
        for (let from = 0; from < event.rows.length; from += ROWS_AT_ONCE) {
          const rows = event.rows.slice(from, from + ROWS_AT_ONCE);
          await output.records(rows.map((row) => normalise(prepare(row), { location_id: event.locationId })));
        }
        break;
      case 'checkpoint':
        keep(event.locationId, event.cursor);
        await output.progressed();
        break;
      case 'failure':
        failures.push(event);
        break;
    }
  }
  return failures;
};
