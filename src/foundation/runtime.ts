import { setTimeout as delay } from 'node:timers/promises';

/** What the program takes from the machine. Tests pass their own; nothing else may ask for time or chance. */
export interface Runtime {
  /** Milliseconds since the Unix epoch, an integer. Advances steadily, also when somebody sets the machine's clock. */
  readonly now: () => number;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Resolves after `milliseconds`; rejects with the signal's reason when it is aborted first. */
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}

/** Node fires a timer at once when its delay does not fit into 32 bits. */
const LONGEST_TIMER_MS = 2_147_483_647;

export const systemRuntime: Runtime = {
  // Not `Date.now`: a clock that is set meanwhile would move windows, expiries and quotas.
  now: () => Math.floor(performance.timeOrigin + performance.now()),
  random: () => Math.random(),
  sleep: async (milliseconds, signal) => {
    await delay(
      Math.min(Math.max(0, milliseconds), LONGEST_TIMER_MS),
      undefined,
      signal === undefined ? {} : { signal },
    );
  },
};
