import type { JsonObject } from '../foundation/json.ts';
import type { ConfiguredStream } from '../protocol/catalog.ts';
import type { StreamDefinition } from '../stream/definition.ts';
import { incrementalReader, readerInFull, type StreamReader } from '../stream/reader.ts';
import { ofSameJob } from './of-same-job.ts';
import { createStreamState, type StreamState } from './stream-state.ts';

/** How the stream is read in the mode the user chose. */
export interface ReadMode {
  readonly reader: StreamReader;
  readonly isIncremental: boolean;
  /** False for a stream that has nothing to remember before its end. */
  readonly hasCursor: boolean;
}

export const modeOf = (stream: StreamDefinition, { syncMode }: ConfiguredStream): ReadMode => {
  const incremental = incrementalReader(stream);
  const hasCursor = incremental !== undefined;
  return syncMode === 'incremental' && hasCursor
    ? { reader: incremental, isIncremental: true, hasCursor }
    : { reader: readerInFull(stream), isIncremental: false, hasCursor };
};

/** Undefined where there is nothing to remember. @throws ConnectorError for a state that is not ours */
export const openState = (
  { reader, isIncremental, hasCursor }: ReadMode,
  { state, jobId }: { readonly state: JsonObject | undefined; readonly jobId: string | undefined },
): StreamState | undefined => {
  if (isIncremental) return createStreamState(state, reader.check);
  return hasCursor && jobId !== undefined
    ? createStreamState(ofSameJob(state, jobId), reader.check)
    : undefined;
};
