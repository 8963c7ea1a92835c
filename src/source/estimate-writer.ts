import type { MessageEmitter } from '../protocol/emitter.ts';

/** Tells the platform how much a stream is, so that it can show progress. */
export interface EstimateWriter {
  /** HighLevel counts so many rows more, of another location or list. */
  readonly add: (rows: number) => void;
  /** Writes the estimate if it has changed by much since the last one. */
  readonly write: (written: { readonly rows: number; readonly bytes: number }) => Promise<void>;
}

/** Locations come one by one, and there may be thousands of them. */
const WORTH_TELLING = 1.1;

export const createEstimateWriter = (
  name: string,
  emitter: Pick<MessageEmitter, 'emit'>,
  now: () => number,
): EstimateWriter => {
  let expected = 0;
  let told = 0;
  return {
    add: (rows) => {
      expected += rows;
    },
    write: async ({ rows, bytes }) => {
      if (expected === 0 || expected < told * WORTH_TELLING) return;
      told = expected;
      const size = rows === 0 ? {} : { byte_estimate: Math.round((bytes / rows) * expected) };
      await emitter.emit({
        type: 'TRACE',
        trace: {
          type: 'ESTIMATE',
          emitted_at: now(),
          estimate: { name, type: 'STREAM', row_estimate: expected, ...size },
        },
      });
    },
  };
};
