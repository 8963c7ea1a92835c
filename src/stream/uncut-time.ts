import type { WindowsRetrieval } from './definition.ts';
import type { TimeWindow } from './endpoint.ts';
import { createIdSet, type IdSet } from './id-set.ts';
import type { WindowPass } from './window-cursor.ts';
import { createWindowLength, type WindowLength } from './window-length.ts';

/** A window that is to be read. */
export interface CutWindow {
  readonly window: TimeWindow;
  /** Rows that a window which was too large has given already, if this is a part of one. */
  readonly seen: IdSet;
  /** What it teaches about the length of those that follow. */
  readonly length: WindowLength;
}

/** The time of a pass that has not been cut into windows yet. */
export interface UncutTime {
  readonly isEmpty: () => boolean;
  /** Cuts the lowest window off; undefined when nothing is left. */
  readonly cut: () => CutWindow | undefined;
  /** Puts a window of so many rows back, to be cut again into shorter ones. */
  readonly putBack: (cut: CutWindow, size: number) => void;
}

interface Part {
  readonly since: number;
  readonly until: number;
  readonly length: WindowLength;
  /** Undefined where each window is the first to give its rows. */
  readonly seen: IdSet | undefined;
}

export const createUncutTime = (
  retrieval: Pick<WindowsRetrieval, 'endpoint' | 'shortestMs' | 'mostRows'>,
  { next, until }: Pick<WindowPass, 'next' | 'until'>,
): UncutTime => {
  let parts: readonly Part[] =
    next < until
      ? [{ since: next, until, length: createWindowLength(retrieval, next), seen: undefined }]
      : [];
  return {
    isEmpty: () => parts.length === 0,
    cut: () => {
      const [first, ...others] = parts;
      if (first === undefined) return undefined;
      const { since, length, seen = createIdSet() } = first;
      const window = { since, before: Math.min(first.until, since + length.ms()) };
      parts = window.before < first.until ? [{ ...first, since: window.before }, ...others] : others;
      return { window, seen, length };
    },
    putBack: ({ window, seen, length }, size) => {
      const ofPart = length.ofPart();
      ofPart.wasTooLarge(window, size);
      length.wasTooLarge(window, size);
      const again: Part = { since: window.since, until: window.before, length: ofPart, seen };
      parts = [...parts, again].sort((a, b) => a.since - b.since);
    },
  };
};
