import { daysToMs } from './days.ts';
import type { WindowsRetrieval } from './definition.ts';
import type { TimeWindow } from './endpoint.ts';
import type { WindowCursor } from './window-cursor.ts';
import type { WindowRange } from './window-range.ts';

/** How often everything is read again, in case something older than the trailing window has changed. */
const DEEP_PASS_EVERY_MS = daysToMs(7);

interface Circumstances {
  /** The server's time less the lag. */
  readonly now: number;
  readonly range: WindowRange;
  readonly lookbackMs: number;
}

/** What the first pass covers: everything since the start date. */
export const firstSpan = ({ now, range }: Pick<Circumstances, 'now' | 'range'>): TimeWindow => ({
  since: range.beginning,
  before: now + range.aheadMs,
});

/** What is read again at each sync. */
export const trailingSpan = (
  { changed }: Pick<WindowCursor, 'changed'>,
  { now, range, lookbackMs }: Circumstances,
): TimeWindow => ({
  since: Math.max(range.beginning, (changed ?? now) - Math.max(range.trailingMs, lookbackMs)),
  before: now + range.aheadMs,
});

/** Whether a pass over everything is on its way or due. */
export const needsDeepPass = (
  { deep, deepBegan }: Pick<WindowCursor, 'deep' | 'deepBegan'>,
  now: number,
): boolean => deep !== undefined || deepBegan === undefined || now - deepBegan >= DEEP_PASS_EVERY_MS;

/**
 * What a pass over everything covers. What the last one may have missed is as old as it looks, and new to whoever reads
 * our rows, and so are the events of a calendar or user that was not listed before: it then is read anew, the trailing
 * window with it.
 */
export const deepSpan = (
  { recent, isEventTime = false }: Pick<WindowsRetrieval, 'recent' | 'isEventTime'>,
  { hasGap, deepBegan }: Pick<WindowCursor, 'hasGap' | 'deepBegan'>,
  { now, range }: Pick<Circumstances, 'now' | 'range'>,
): TimeWindow & { readonly isAnew: boolean } => {
  const isAnew = hasGap || isEventTime || deepBegan === undefined;
  const isTrailed = recent === undefined && !isAnew;
  return {
    since: range.beginning,
    before: isTrailed ? now - range.trailingMs : now + range.aheadMs,
    isAnew,
  };
};
