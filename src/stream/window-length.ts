import { daysToMs } from './days.ts';
import type { WindowsRetrieval } from './definition.ts';
import type { TimeWindow } from './endpoint.ts';

/** HighLevel began then: what is older was imported, and is little. */
export const ORIGIN = Date.UTC(2018, 0, 1);
const FIRST_LENGTH_MS = daysToMs(366);
const LONGEST_MS = daysToMs(10 * 366);
/** An answer without pages is as large as its window. */
const FIRST_UNPAGED_MS = daysToMs(92);
const LONGEST_UNPAGED_MS = daysToMs(366);
/** Rows between two checkpoints. */
const ROWS_WANTED = 2_000;
/** Of a window that is a single page, so that the next one is not too large. */
const FILL_WANTED = 0.6;
/** A window that was nearly empty makes the next one this much longer at most. */
const MOST_GROWTH = 4;

/** How long the windows of a pass are. */
export interface WindowLength {
  readonly ms: () => number;
  /** A window was read and held so many rows. */
  readonly held: (rows: number) => void;
  /** A window of so many rows was too large. */
  readonly wasTooLarge: (window: TimeWindow, size: number) => void;
}

/** Chooses how long the windows of a pass are, so that each holds about as many rows as wanted. Epoch ms. */
export const createWindowLength = (
  { endpoint, shortestMs, mostRows }: Pick<WindowsRetrieval, 'endpoint' | 'shortestMs' | 'mostRows'>,
  from: number,
): WindowLength => {
  const isUnpaged = endpoint.paginator === undefined;
  const longestMs = isUnpaged ? LONGEST_UNPAGED_MS : LONGEST_MS;
  const wanted = isUnpaged ? Math.min(ROWS_WANTED, mostRows * FILL_WANTED) : ROWS_WANTED;
  let lengthMs = Math.max(ORIGIN - from, isUnpaged ? FIRST_UNPAGED_MS : FIRST_LENGTH_MS);
  return {
    ms: () => lengthMs,
    held: (rows) => {
      const fitting = lengthMs * Math.min(MOST_GROWTH, wanted / Math.max(rows, 1));
      lengthMs = Math.round(Math.min(longestMs, Math.max(shortestMs, fitting)));
    },
    wasTooLarge: (window, size) => {
      // Rows are not spread evenly: some less than would just fit.
      const fitting = (window.before - window.since) * Math.min(0.5, (0.7 * mostRows) / size);
      lengthMs = Math.round(Math.max(shortestMs, fitting));
    },
  };
};
