import { configError } from '../foundation/errors.ts';
import type { JsonObject } from '../foundation/json.ts';
import type { ConfiguredCatalog, ConfiguredStream } from '../protocol/catalog.ts';
import type { StreamDefinition } from '../stream/definition.ts';
import type { Failure } from './failure-traces.ts';
import { isReadableState } from './is-readable-state.ts';

/** A stream of the connector that the catalog wants. */
export interface SelectedStream {
  readonly stream: StreamDefinition;
  readonly configured: ConfiguredStream;
}

export const isDirectory = ({ stream }: SelectedStream): boolean => stream.retrieval.kind === 'directory';

/** Tells the streams that can be read from those that cannot as configured. */
export const selectStreams = (
  streams: readonly StreamDefinition[],
  catalog: ConfiguredCatalog,
): { readonly selected: readonly SelectedStream[]; readonly rejected: readonly Failure[] } => {
  const selected: SelectedStream[] = [];
  const rejected: Failure[] = [];
  for (const configured of catalog.streams) {
    const { name } = configured;
    const stream = streams.find((candidate) => candidate.name === name);
    if (configured.kind === 'configured' && stream !== undefined) {
      selected.push({ stream, configured });
      continue;
    }
    const problem =
      configured.kind === 'invalid'
        ? configured.problem
        : `The catalog selects the stream ${name}, which this connector does not have. Refresh the source's schema.`;
    rejected.push({ streamName: name, error: configError(problem, { reach: 'stream' }) });
  }
  return { selected, rejected };
};

/** The states of the streams that can go on from them; what they know of locations is good for all streams. */
export const readableStates = (
  selected: readonly SelectedStream[],
  states: ReadonlyMap<string, JsonObject>,
): readonly JsonObject[] =>
  selected.flatMap(({ stream }) => {
    const input = states.get(stream.name);
    return input === undefined || !isReadableState(stream, input) ? [] : [input];
  });
