import type { JsonObject } from '../foundation/json.ts';
import type { ConfiguredCatalog, ConfiguredStream } from '../protocol/catalog.ts';
import type { StreamDefinition } from '../stream/definition.ts';
import type { Failure } from './failure-traces.ts';
import { isReadableState } from './is-readable-state.ts';
import { sourceError } from './source-errors.ts';

/** A stream of the connector that the catalog wants. */
export interface SelectedStream {
  readonly stream: StreamDefinition;
  readonly configured: ConfiguredStream;
}

const readBy =
  (kind: 'directory' | 'report') =>
  ({ stream }: SelectedStream): boolean =>
    stream.retrieval.kind === kind;
export const isDirectory = readBy('directory');
export const isReport = readBy('report');

/** What tells of others comes after them. */
export const inOrder = (selected: readonly SelectedStream[]): readonly SelectedStream[] => [
  ...selected.filter((one) => !isDirectory(one) && !isReport(one)),
  ...selected.filter(isDirectory),
  ...selected.filter(isReport),
];

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
    const error =
      configured.kind === 'invalid' ? configured.error : sourceError('stream_unknown', { stream: name });
    rejected.push({ streamName: name, error });
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
