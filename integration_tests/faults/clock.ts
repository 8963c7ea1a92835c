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

/** Who sleeps until when. */
const createDormitory = (startMs: number) => {
  let nowMs = startMs;
  let asked = 0;
  const sleepers = new Set<Sleeper>();
  const earliest = (): Sleeper | undefined => {
    let first: Sleeper | undefined;
    for (const sleeper of sleepers) if (first === undefined || isBefore(sleeper, first)) first = sleeper;
    return first;
  };
  return {
    now: () => Math.floor(nowMs),
    pass: (milliseconds: number): void => {
      nowMs += milliseconds;
    },
    add: (milliseconds: number, wake: () => void): Sleeper => {
      asked += 1;
      const sleeper = { atMs: nowMs + Math.max(0, milliseconds), order: asked, wake };
      sleepers.add(sleeper);
      return sleeper;
    },
    remove: (sleeper: Sleeper): void => void sleepers.delete(sleeper),
    /** @returns false when nobody sleeps */
    wakeNext: (): boolean => {
      const first = earliest();
      if (first === undefined) return false;
      nowMs = Math.max(nowMs, first.atMs);
      first.wake();
      return true;
    },
  };
};

type Dormitory = ReturnType<typeof createDormitory>;

const openProcess = (dormitory: Dormitory): Sleeping => {
  const own = new Set<Sleeper>();
  let isGone = false;
  return {
    sleep: async (milliseconds, signal) => {
      signal?.throwIfAborted();
      await new Promise<void>((resolve) => {
        if (isGone) return;
        const wake = (): void => {
          own.delete(sleeper);
          dormitory.remove(sleeper);
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        const sleeper = dormitory.add(milliseconds, wake);
        own.add(sleeper);
        signal?.addEventListener('abort', wake);
      });
      signal?.throwIfAborted();
    },
    end: () => {
      isGone = true;
      own.forEach(dormitory.remove);
      own.clear();
    },
  };
};

const turn = async <T>(dormitory: Dormitory, work: Promise<T>): Promise<T> => {
  const state = { isDone: false, idle: 0, jumps: 0 };
  const settled = work.finally(() => {
    state.isDone = true;
  });
  settled.catch(() => undefined);
  const isDone = (): boolean => state.isDone;
  for (;;) {
    await nextRound();
    if (isDone()) return settled;
    const hasJumped = dormitory.wakeNext();
    state.idle = hasJumped ? 0 : state.idle + 1;
    state.jumps += hasJumped ? 1 : 0;
    if (state.idle > IDLE_ROUNDS) throw new Error('Standstill: everything waits, and nothing can come.');
    if (state.jumps > MOST_JUMPS) throw new Error(`It goes on and on: ${MOST_JUMPS} waits and no end.`);
  }
};

export const createClock = (startMs: number): Clock => {
  const dormitory = createDormitory(startMs);
  return {
    now: dormitory.now,
    pass: dormitory.pass,
    openProcess: () => openProcess(dormitory),
    run: (work) => turn(dormitory, work),
  };
};
