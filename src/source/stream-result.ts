import { type ConnectorError, toConnectorError } from '../foundation/errors.ts';
import type { Failure } from './failure-traces.ts';
import type { LocationOutcome } from './location-outcomes.ts';
import type { Sync } from './sync.ts';

/** How a stream ended. */
export interface StreamResult {
  readonly rows: number;
  /** None means that it is complete, if nothing ended the sync. */
  readonly failures: readonly Failure[];
  /** What ends the whole sync. */
  readonly fatal?: ConnectorError;
  /** What became of its locations. Made only for whoever asks. */
  readonly outcomes: () => readonly LocationOutcome[];
}

type Ended = Pick<StreamResult, 'rows' | 'failures'> & { readonly thrown: unknown };

/** @throws the signal's reason when the sync was aborted, and what says that nobody reads any more */
export const toStreamResult = (
  { signal }: Sync,
  streamName: string,
  { rows, failures, thrown }: Ended,
  outcomesOf: (error: ConnectorError | undefined) => readonly LocationOutcome[],
): StreamResult => {
  if (thrown === undefined) return { rows, failures, outcomes: () => outcomesOf(undefined) };
  signal.throwIfAborted();
  const error = toConnectorError(thrown);
  const outcomes = (): readonly LocationOutcome[] => outcomesOf(error);
  return error.reach === 'sync'
    ? { rows, failures, outcomes, fatal: error }
    : { rows, failures: [...failures, { streamName, error }], outcomes };
};
