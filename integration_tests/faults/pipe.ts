import { Writable } from 'node:stream';
import type { Sleeping } from './clock.ts';
import { createEndingWatch } from './ending-watch.ts';
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
  /** Nothing arrives any more. */
  readonly break: () => void;
}

interface PipeOptions {
  readonly sleep: Sleeping['sleep'];
  readonly ending: Ending;
  readonly stalls: readonly Stall[];
  /** Called when the ending's line has come. */
  readonly onEnding: () => void;
}

const TRANSIT_MS = 1;

export const createPipe = ({ sleep, ending, stalls, onEnding }: PipeOptions): Pipe => {
  const lines: string[] = [];
  let rest = '';
  let isBroken = false;
  let isRefused = false;
  const brokenPipe = (): Error => {
    isRefused = true;
    return Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
  };
  const isEnd = createEndingWatch(ending);
  const stallAt = new Map(stalls.map(({ afterLines, ms }) => [afterLines, ms]));

  /** What is written has not arrived yet: whoever counts on that has to wait for it. */
  const takeUp = (): Promise<void> => sleep(TRANSIT_MS);
  const deliver = async (text: string): Promise<void> => {
    const pieces = (rest + text).split('\n');
    for (const piece of pieces.slice(0, -1)) {
      lines.push(piece);
      rest = '';
      const stallMs = stallAt.get(lines.length);
      if (stallMs !== undefined) await sleep(stallMs);
      if (isEnd(piece)) onEnding();
      if (isBroken) return;
    }
    rest = pieces.at(-1) ?? '';
  };
  const stdout = new Writable({
    decodeStrings: false,
    highWaterMark: 64 * 1024,
    write: (chunk: string | Buffer, _encoding, done) => {
      if (isBroken) {
        done(brokenPipe());
        return;
      }
      void takeUp()
        .then(() => deliver(chunk.toString('utf8')))
        .then(() => {
          done(isBroken ? brokenPipe() : null);
        });
    },
  });
  // Whoever writes hears of it in another way.
  stdout.on('error', () => undefined);
  return {
    stdout,
    delivered: () => ({ lines, rest }),
    isRefused: () => isRefused,
    break: () => {
      isBroken = true;
    },
  };
};
