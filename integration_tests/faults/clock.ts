import type { Runtime } from '../../src/foundation/runtime.ts';

/** The sleep of one process: what it waits for goes with it. */
export interface Sleeping {
  readonly sleep: Runtime['sleep'];
  /** The process is gone: none of its sleepers wakes any more, and nobody falls asleep. */
  readonly end: () => void;
}

/** A clock that stands still while anything can run, and jumps to the next sleeper when nothing can. */
export interface Clock {
  /** Epoch ms. */
  readonly now: () => number;
  readonly openProcess: () => Sleeping;
  /** Nothing runs meanwhile. */
  readonly pass: (milliseconds: number) => void;
  /**
   * Turns the clock until the work is done.
   * @throws Error when everything waits for something that cannot come, or when it goes on and on
   */
  readonly run: <T>(work: Promise<T>) => Promise<T>;
}

interface Sleeper {
  readonly atMs: number;
  readonly order: number;
  readonly wake: () => void;
}

/** Rounds of the event loop in which nothing sleeps and nothing ends before it is called a standstill. */
const IDLE_ROUNDS = 200;
/** Jumps of one work at most: it would be ten times what the longest schedule needs. */
const MOST_JUMPS = 300_000;

const nextRound = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

const isBefore = (a: Sleeper, b: Sleeper): boolean =>
  a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);

export const createClock = (startMs: number): Clock => {
  let nowMs = startMs;
  let asked = 0;
  const sleepers = new Set<Sleeper>();
  const earliest = (): Sleeper | undefined => {
    let first: Sleeper | undefined;
    for (const sleeper of sleepers) if (first === undefined || isBefore(sleeper, first)) first = sleeper;
    return first;
  };
  /** @returns false when nobody sleeps */
  const jump = (): boolean => {
    const first = earliest();
    if (first === undefined) return false;
    sleepers.delete(first);
    nowMs = Math.max(nowMs, first.atMs);
    first.wake();
    return true;
  };
  return {
    now: () => Math.floor(nowMs),
    pass: (milliseconds) => {
      nowMs += milliseconds;
    },
    openProcess: () => {
      const own = new Set<Sleeper>();
      let isGone = false;
      return {
        sleep: async (milliseconds, signal) => {
          signal?.throwIfAborted();
          await new Promise<void>((resolve) => {
            if (isGone) return;
            asked += 1;
            const wake = (): void => {
              own.delete(sleeper);
              sleepers.delete(sleeper);
              signal?.removeEventListener('abort', wake);
              resolve();
            };
            const sleeper = { atMs: nowMs + Math.max(0, milliseconds), order: asked, wake };
            sleepers.add(sleeper);
            own.add(sleeper);
            signal?.addEventListener('abort', wake);
          });
          signal?.throwIfAborted();
        },
        end: () => {
          isGone = true;
          for (const sleeper of own) sleepers.delete(sleeper);
          own.clear();
        },
      };
    },
    run: async (work) => {
      let isDone = false;
      const settled = work.finally(() => {
        isDone = true;
      });
      settled.catch(() => undefined);
      let idle = 0;
      let jumps = 0;
      while (!isDone) {
        await nextRound();
        if (isDone) break;
        idle = jump() ? 0 : idle + 1;
        jumps += idle === 0 ? 1 : 0;
        if (idle > IDLE_ROUNDS) throw new Error('Standstill: everything waits, and nothing can come.');
        if (jumps > MOST_JUMPS) throw new Error(`It goes on and on: ${MOST_JUMPS} waits and no end.`);
      }
      return settled;
    },
  };
};
