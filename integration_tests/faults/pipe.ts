import { Writable } from 'node:stream';
import type { Sleeping } from './clock.ts';
import { createEndingWatch } from './ending-watch.ts';
import { createHeartbeat } from './heartbeat.ts';
import type { Ending, Stall } from './schedule.ts';

/** What a reader has got of a connector's output. */
export interface Delivered {
  /** Whole lines, without their line feeds. */
  readonly lines: readonly string[];
  readonly rest: string;
}

/** Standard output whose reader is slow, goes away, or ends the process. */
export interface Pipe {
  readonly stdout: Writable;
  readonly delivered: () => Delivered;
  /** Something was written that nobody took, and the writer was told. */
  readonly isRefused: () => boolean;
  /** Without a record or a state, the reader's own pauses left out. */
  readonly longestSilenceMs: () => number;
  /** Nothing arrives any more. */
  readonly break: () => void;
}

interface PipeOptions {
  readonly now: () => number;
  readonly sleep: Sleeping['sleep'];
  readonly ending: Ending;
  readonly stalls: readonly Stall[];
  /** Called when the ending's line has come. */
  readonly onEnding: () => void;
}

/** What is written has not arrived yet: whoever counts on that has to wait for it. */
const TRANSIT_MS = 1;

/** Takes up what is written, line by line, at its own pace. */
const createReader = (
  { now, sleep, ending, stalls, onEnding }: PipeOptions,
  isBroken: () => boolean,
): Pick<Pipe, 'delivered' | 'longestSilenceMs'> & { readonly take: (text: string) => Promise<void> } => {
  const lines: string[] = [];
  let rest = '';
  const isEnd = createEndingWatch(ending);
  const heartbeat = createHeartbeat(now);
  const stallAt = new Map(stalls.map(({ afterLines, ms }) => [afterLines, ms]));
  return {
    take: async (text) => {
      await sleep(TRANSIT_MS);
      const pieces = (rest + text).split('\n');
      for (const piece of pieces.slice(0, -1)) {
        lines.push(piece);
        heartbeat.arrived(piece);
        rest = '';
        const stallMs = stallAt.get(lines.length);
        if (stallMs !== undefined) {
          await sleep(stallMs);
          heartbeat.paused();
        }
        if (isEnd(piece)) onEnding();
        if (isBroken()) return;
      }
      rest = pieces.at(-1) ?? '';
    },
    delivered: () => ({ lines, rest }),
    longestSilenceMs: heartbeat.longestSilenceMs,
  };
};

export const createPipe = (options: PipeOptions): Pipe => {
  let isBroken = false;
  let isRefused = false;
  const brokenPipe = (): Error => {
    isRefused = true;
    return Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
  };
  const { take, delivered, longestSilenceMs } = createReader(options, () => isBroken);
  const stdout = new Writable({
    decodeStrings: false,
    highWaterMark: 64 * 1024,
    write: (chunk: string | Buffer, _encoding, done) => {
      if (isBroken) {
        done(brokenPipe());
        return;
      }
      void take(chunk.toString('utf8')).then(() => {
        done(isBroken ? brokenPipe() : null);
      });
    },
  });
  // Whoever writes hears of it in another way.
  stdout.on('error', () => undefined);
  return {
    stdout,
    delivered,
    longestSilenceMs,
    isRefused: () => isRefused,
    break: () => {
      isBroken = true;
    },
  };
};
