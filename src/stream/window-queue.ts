import type { WindowsRetrieval } from './definition.ts';
import { createUnbrokenRun, type PassProgress } from './unbroken-run.ts';
import { createUncutTime, type CutWindow } from './uncut-time.ts';
import type { WindowPass } from './window-cursor.ts';

/** Hands the windows of a pass out to the lanes, the lowest first, and knows which of them have been read. */
export interface WindowQueue {
  /** Waits while a window that was taken may still turn out to be too large. @returns undefined when there is nothing to do */
  readonly take: () => Promise<CutWindow | undefined>;
  /** Hands the window out again, in shorter ones. */
  readonly wasTooLarge: (taken: CutWindow, size: number) => void;
  /** To be told when the rows have been taken, not when they have come. @returns whether the pass has progressed */
  readonly wasRead: (taken: CutWindow, found: { readonly rows: number; readonly hasGap: boolean }) => boolean;
  /** Before `next` every window has been read. */
  readonly progress: () => PassProgress;
  /** Nothing more is handed out: a lane has failed, or nobody wants any more. */
  readonly close: () => void;
}

/** Wakes all who wait for it. */
const createBell = () => {
  const waiting: (() => void)[] = [];
  return {
    ring: (): void => {
      for (const wake of waiting.splice(0)) wake();
    },
    heard: (): Promise<void> =>
      new Promise((wake) => {
        waiting.push(wake);
      }),
  };
};

/** @param isOver asked once a window has been read, so that each sync reads one at least */
export const createWindowQueue = (
  retrieval: Pick<WindowsRetrieval, 'endpoint' | 'shortestMs' | 'mostRows'>,
  pass: Omit<WindowPass, 'began'>,
  isOver: () => boolean,
): WindowQueue => {
  const run = createUnbrokenRun(pass);
  const uncut = createUncutTime(retrieval, pass);
  const bell = createBell();
  let underWay = 0;
  /** Before that, a window is as long as a guess: of an empty location, it would be many instead of one. */
  let isLengthKnown = false;
  let isClosed = false;
  const ended = (): void => {
    underWay -= 1;
    bell.ring();
  };
  const cut = (): CutWindow | undefined => {
    const taken = underWay === 0 || isLengthKnown ? uncut.cut() : undefined;
    if (taken !== undefined) underWay += 1;
    return taken;
  };
  const isDone = (): boolean => isClosed || (run.reached().next > pass.next && !uncut.isEmpty() && isOver());
  return {
    take: async () => {
      while (!isDone()) {
        const taken = cut();
        if (taken !== undefined || underWay === 0) return taken;
        await bell.heard();
      }
      return undefined;
    },
    wasTooLarge: (taken, size) => {
      uncut.putBack(taken, size);
      isLengthKnown = true;
      ended();
    },
    wasRead: ({ window, length }, { rows, hasGap }) => {
      length.held(window, rows);
      isLengthKnown ||= rows > 0;
      const isFurther = run.add(window, hasGap);
      ended();
      return isFurther;
    },
    progress: run.reached,
    close: () => {
      isClosed = true;
      bell.ring();
    },
  };
};
