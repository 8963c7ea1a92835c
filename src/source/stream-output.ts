import type { JsonObject } from '../foundation/json.ts';
import type { MessageEmitter } from '../protocol/emitter.ts';
import type { RecordData, RecordMessage } from '../protocol/messages.ts';
import { serialise } from '../protocol/serialise.ts';
import type { NormalisedRecord } from '../stream/normalise.ts';
import { createEstimateWriter } from './estimate-writer.ts';
import { createStateThrottle } from './state-throttle.ts';
import { createStatusWriter } from './status-writer.ts';

/** Writes one stream's messages in a legal order: STARTED, RUNNING, records and states, the last state, the end. */
export interface StreamOutput {
  readonly started: () => Promise<void>;
  /** Says that there are so many rows more than was known before. */
  readonly expects: (rows: number) => void;
  readonly records: (records: readonly NormalisedRecord[]) => Promise<void>;
  /** Says that the state has progressed; it is written when that is cheap, or when it is time for a sign of life. */
  readonly progressed: () => Promise<void>;
  /** Says that reading goes on though there is nothing to write; a state is repeated when it is time for a sign of life. */
  readonly alive: () => Promise<void>;
  readonly rateLimited: (resetAtMs: number) => Promise<void>;
  /** Writes the last state, unless it stands there already, and the end of the stream. */
  readonly ended: (status: 'COMPLETE' | 'INCOMPLETE') => Promise<void>;
  readonly recordCount: () => number;
}

interface StreamOutputOptions {
  readonly name: string;
  readonly emitter: MessageEmitter;
  readonly now: () => number;
  readonly state: () => JsonObject;
  /** False for a stream whose state says nothing before its end. */
  readonly hasCheckpoints: boolean;
}

const toMessage = (
  stream: string,
  emittedAt: number,
  { data, changes }: NormalisedRecord,
): RecordMessage<RecordData> => ({
  type: 'RECORD',
  record:
    changes.length === 0
      ? { stream, emitted_at: emittedAt, data }
      : { stream, emitted_at: emittedAt, data, meta: { changes } },
});

interface StateWriter {
  readonly countRecords: (count: number) => void;
  /** True when the state is the last one written, and covers every record since. */
  readonly isWritten: (json: JsonObject) => boolean;
  /** @returns the line's bytes */
  readonly write: (json: JsonObject) => Promise<number>;
}

const createStateWriter = (name: string, emitter: MessageEmitter): StateWriter => {
  let uncounted = 0;
  let last = '';
  let repeats = 0;
  /** The platform takes a second state equal to the one before it, with records between, for a mix-up of two. */
  const distinct = (json: JsonObject): JsonObject => {
    const text = JSON.stringify(json);
    if (text === last) {
      repeats += 1;
      return { ...json, repeats };
    }
    last = text;
    return json;
  };
  return {
    countRecords: (count) => {
      uncounted += count;
    },
    isWritten: (json) => uncounted === 0 && JSON.stringify(json) === last,
    write: async (json) => {
      const line = serialise({
        type: 'STATE',
        state: {
          type: 'STREAM',
          stream: { stream_descriptor: { name }, stream_state: distinct(json) },
          sourceStats: { recordCount: uncounted },
        },
      });
      uncounted = 0;
      await emitter.emitLines(line);
      return line.byteLength;
    },
  };
};

export const createStreamOutput = (options: StreamOutputOptions): StreamOutput => {
  const { name, emitter, now, state, hasCheckpoints } = options;
  const status = createStatusWriter(name, emitter, now);
  const throttle = createStateThrottle(now());
  const states = createStateWriter(name, emitter);
  const estimate = createEstimateWriter(name, emitter, now);
  let recordCount = 0;
  let recordBytes = 0;

  const writeState = async (json: JsonObject): Promise<void> => {
    await status.running();
    throttle.stateWritten(await states.write(json), now());
  };
  return {
    started: status.started,
    rateLimited: status.rateLimited,
    expects: estimate.add,
    records: async (records) => {
      await status.running();
      await estimate.write({ rows: recordCount, bytes: recordBytes });
      const emittedAt = now();
      const messages = records.map((record) => toMessage(name, emittedAt, record));
      const lines = serialise(...messages);
      recordCount += records.length;
      recordBytes += lines.byteLength;
      states.countRecords(records.length);
      throttle.recordsWritten(lines.byteLength, emittedAt);
      await emitter.emitLines(lines);
    },
    progressed: async () => {
      if (!hasCheckpoints || !throttle.mayAllow(now())) return;
      const json = state();
      const bytes = Buffer.byteLength(JSON.stringify(json));
      if (throttle.allows(bytes, now()) && !states.isWritten(json)) await writeState(json);
    },
    alive: async () => {
      if (throttle.isSilent(now())) await writeState(state());
    },
    ended: async (end) => {
      const json = state();
      if (!states.isWritten(json)) await writeState(json);
      await status.ended(end);
    },
    recordCount: () => recordCount,
  };
};
