import { type ConnectorError, toConnectorError } from '../foundation/errors.ts';
import type { Failure } from './failure-traces.ts';
import type { Sync } from './sync.ts';

/** How a stream ended. */
export interface StreamResult {
  readonly rows: number;
  /** None means that it is complete, if nothing ended the sync. */
  readonly failures: readonly Failure[];
  /** What ends the whole sync. */
  readonly fatal?: ConnectorError;
}

/** @throws the signal's reason when the sync was aborted, and what says that nobody reads any more */
export const toStreamResult = (
  { signal }: Sync,
  streamName: string,
  { rows, failures, thrown }: Pick<StreamResult, 'rows' | 'failures'> & { readonly thrown: unknown },
): StreamResult => {
  if (thrown === undefined) return { rows, failures };
  signal.throwIfAborted();
  const error = toConnectorError(thrown);
  return error.reach === 'sync'
    ? { rows, failures, fatal: error }
    : { rows, failures: [...failures, { streamName, error }] };
};
