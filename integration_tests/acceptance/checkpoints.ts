import type { AirbyteStream } from '../../src/protocol/messages.ts';
import type { JsonObject } from '../../src/foundation/json.ts';
import { objectAt, type RawMessages, recordsIn, statesByStream } from './raw-messages.ts';
import type { Resumed } from './incremental-rules.ts';

/** The place among `count` checkpoints of the sample `index` of `samples`: the first sample is the first, the last the last. */
export const sampledPlace = (count: number, index: number, samples: number): number =>
  Math.round((index * (count - 1)) / (samples - 1));

/** Gives, for each stream, the state of one sample. */
export const sampledStates =
  (index: number, samples: number) =>
  (states: RawMessages): JsonObject | undefined =>
    states[sampledPlace(states.length, index, samples)];

/** What a read from a stream's checkpoint is held against: the messages before and behind it in the first read. */
export const resumedAt = (
  stream: AirbyteStream,
  first: RawMessages,
  rest: RawMessages,
  pick: (states: RawMessages) => JsonObject | undefined,
): Resumed => {
  const { name } = stream;
  const own = (messages: RawMessages) => recordsIn(messages).filter((record) => record.stream === name);
  const state = pick(statesByStream(first).get(name) ?? []);
  const place = first.findIndex(
    (message) => JSON.stringify(objectAt(message, 'state')) === JSON.stringify(state),
  );
  return { stream, before: own(first.slice(0, place)), whole: own(first), rest: own(rest) };
};
