import type { Runtime } from '../foundation/runtime.ts';
import { parseHttpDate } from './http-date.ts';

/** HighLevel's clock, learnt from its answers: the machine's own may be wrong by half an hour. */
export interface ServerClock {
  /** Reads the `Date` header of an answer that has just arrived; anything else is ignored. */
  readonly observe: (headers: Readonly<Record<string, string>>) => void;
  /**
   * Epoch milliseconds; never ahead of HighLevel's clock, and behind it by at most one second and the way of the answer.
   * Undefined before the first answer.
   */
  readonly now: () => number | undefined;
}

export const createServerClock = (runtime: Runtime): ServerClock => {
  let latest: { readonly serverMs: number; readonly localMs: number } | undefined;
  return {
    observe: (headers) => {
      const serverMs = parseHttpDate(headers['date']);
      // The latest answer wins, not the tightest: a step of the local clock is then forgotten with the next answer.
      if (serverMs !== undefined) latest = { serverMs, localMs: runtime.now() };
    },
    now: () => latest && latest.serverMs + Math.max(0, runtime.now() - latest.localMs),
  };
};
