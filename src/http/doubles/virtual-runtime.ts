import type { Runtime } from '../../foundation/runtime.ts';

/** For tests: time stands still while anything can run, then jumps to the next sleeper. */
export interface VirtualRuntime extends Runtime {
  /** Moves the clock without waking anybody, as a person who sets it does. */
  readonly set: (nowMs: number) => void;
  /** Sleeps asked for so far, in milliseconds. */
  readonly sleeps: readonly number[];
}

interface Sleeper {
  readonly atMs: number;
  readonly wake: () => void;
}

/** @param random by default always a half */
export const createVirtualRuntime = (
  startMs = 1_000_000,
  random: () => number = () => 0.5,
): VirtualRuntime => {
  let nowMs = startMs;
  const sleepers = new Set<Sleeper>();
  const sleeps: number[] = [];

  const jump = (): void => {
    const [first] = [...sleepers].sort((a, b) => a.atMs - b.atMs);
    if (first === undefined) return;
    sleepers.delete(first);
    nowMs = Math.max(nowMs, first.atMs);
    first.wake();
  };
  return {
    now: () => Math.floor(nowMs),
    random,
    set: (toMs) => {
      nowMs = toMs;
    },
    sleeps,
    sleep: async (milliseconds, signal) => {
      signal?.throwIfAborted();
      sleeps.push(milliseconds);
      await new Promise<void>((resolve) => {
        const sleeper = { atMs: nowMs + Math.max(0, milliseconds), wake: resolve };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', () => {
          sleepers.delete(sleeper);
          resolve();
        });
        // Every sleeper brings one jump, which comes when no promise has anything left to do.
        setImmediate(jump);
      });
      signal?.throwIfAborted();
    },
  };
};
