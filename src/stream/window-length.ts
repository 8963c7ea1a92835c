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

/** How long the windows of a span are. */
export interface WindowLength {
  readonly ms: () => number;
  /** A window was read and held so many rows. */
  readonly held: (window: TimeWindow, rows: number) => void;
  /** A window of so many rows was too large. */
  readonly wasTooLarge: (window: TimeWindow, size: number) => void;
  /** For a part of the span, which then goes its own way: begins with the length of now. */
  readonly ofPart: () => WindowLength;
}

interface Bounds {
  readonly shortestMs: number;
  readonly longestMs: number;
  readonly mostRows: number;
  readonly wantedRows: number;
}

const lengthFrom = (firstMs: number, bounds: Bounds): WindowLength => {
  const { shortestMs, longestMs, mostRows, wantedRows } = bounds;
  let lengthMs = firstMs;
  let latest = -Infinity;
  const within = (ms: number): number => Math.round(Math.max(shortestMs, ms));
  return {
    ms: () => lengthMs,
    held: ({ since, before }, rows) => {
      // Several are read at once: the last of them says most of what follows.
      if (since < latest) return;
      latest = since;
      const fitting = ((before - since) * wantedRows) / Math.max(rows, 1);
      lengthMs = Math.min(longestMs, within(Math.min(fitting, lengthMs * MOST_GROWTH)));
    },
    wasTooLarge: ({ since, before }, size) => {
      latest = Math.max(latest, since);
      // Rows are not spread evenly: some less than would just fit.
      lengthMs = within((before - since) * Math.min(0.5, (0.7 * mostRows) / size));
    },
    ofPart: () => lengthFrom(lengthMs, bounds),
  };
};

/** Chooses how long the windows of a pass are, so that each holds about as many rows as wanted. Epoch ms. */
export const createWindowLength = (
  { endpoint, shortestMs, mostRows }: Pick<WindowsRetrieval, 'endpoint' | 'shortestMs' | 'mostRows'>,
  from: number,
): WindowLength => {
  const isUnpaged = endpoint.paginator === undefined;
  return lengthFrom(Math.max(ORIGIN - from, isUnpaged ? FIRST_UNPAGED_MS : FIRST_LENGTH_MS), {
    shortestMs,
    longestMs: isUnpaged ? LONGEST_UNPAGED_MS : LONGEST_MS,
    mostRows,
    wantedRows: isUnpaged ? Math.min(ROWS_WANTED, mostRows * FILL_WANTED) : ROWS_WANTED,
  });
};
