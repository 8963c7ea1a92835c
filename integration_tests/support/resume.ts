import type { JsonObject } from '../../src/foundation/json.ts';
import type { AirbyteMessage } from '../../src/protocol/messages.ts';
import { connect, type ReadOptions, type Run, type Selection } from './connection.ts';
import type { HighLevel } from './highlevel.ts';
import { messagesOf } from './messages-of.ts';

/** A read that ended after one of its states: what a platform would have kept of it. */
export interface Cut {
  /** Records of the stream up to the state. */
  readonly records: readonly JsonObject[];
  readonly states: ReadonlyMap<string, JsonObject>;
}

const cutAt = (messages: readonly AirbyteMessage[], stream: string): Cut => ({
  records: messagesOf(messages, 'RECORD')
    .filter(({ record }) => record.stream === stream)
    .map(({ record }) => record.data),
  states: new Map(
    messagesOf(messages, 'STATE').map(({ state }) => [
      state.stream.stream_descriptor.name,
      state.stream.stream_state,
    ]),
  ),
});

/** The read as it was after each of its states of the stream: nothing that came later has been kept. */
export const cutsOf = ({ messages }: Run, stream: string): readonly Cut[] =>
  messages.flatMap((message, index) =>
    message.type === 'STATE' && message.state.stream.stream_descriptor.name === stream
      ? [cutAt(messages.slice(0, index + 1), stream)]
      : [],
  );

/** Some of the items, spread evenly, the first and the last among them. */
export const spread = <Item>(items: readonly Item[], most: number): readonly Item[] =>
  items.length <= most
    ? items
    : Array.from(
        { length: most },
        (_, at) => items[Math.round((at * (items.length - 1)) / (most - 1))],
      ).filter((item) => item !== undefined);

interface Resume {
  readonly selection: Selection;
  readonly states: ReadonlyMap<string, JsonObject>;
  readonly options?: ReadOptions;
}

/** Another attempt, with the same config and what was kept. */
export const resume = async (highLevel: HighLevel, { selection, states, options }: Resume): Promise<Run> => {
  const connection = connect(highLevel);
  for (const [stream, state] of states) connection.setState(stream, state);
  return connection.read(selection, options);
};

/** Records up to each of the cuts, together with those of the attempt that went on there. */
export const resumeAll = (
  highLevel: HighLevel,
  cuts: readonly Cut[],
  { selection, stream, options }: Pick<Resume, 'selection' | 'options'> & { readonly stream: string },
): Promise<readonly (readonly JsonObject[])[]> =>
  Promise.all(
    cuts.map(async ({ records, states }) => {
      const rest = await resume(highLevel, { selection, states, ...(options && { options }) });
      return [...records, ...rest.records(stream)];
    }),
  );
