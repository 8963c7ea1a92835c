import type { TimeWindow } from './endpoint.ts';
import type { WindowPass } from './window-cursor.ts';

/** How far a pass has been read. */
export type PassProgress = Pick<WindowPass, 'next' | 'hasGap'>;

/** The windows of a pass that have been read, as far as none before them is unread. */
export interface UnbrokenRun {
  /** @returns whether the run has grown */
  readonly add: (window: TimeWindow, hasGap: boolean) => boolean;
  readonly reached: () => PassProgress;
}

/** Windows may be added in any order; each begins where another one ends, or the run begins. */
export const createUnbrokenRun = (from: PassProgress): UnbrokenRun => {
  const ahead = new Map<number, PassProgress>();
  let reached = from;
  return {
    add: ({ since, before }, hasGap) => {
      const { next } = reached;
      ahead.set(since, { next: before, hasGap });
      for (let one = ahead.get(next); one !== undefined; one = ahead.get(reached.next)) {
        ahead.delete(reached.next);
        reached = { next: one.next, hasGap: reached.hasGap || one.hasGap };
      }
      return reached.next > next;
    },
    reached: () => reached,
  };
};
