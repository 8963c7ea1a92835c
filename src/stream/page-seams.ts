import type { JsonObject } from '../foundation/json.ts';
import { idOf } from './row-id.ts';

/** Proves that pages which came in any order lie side by side: each has to share a row with the one before it. */
export interface PageSeams {
  readonly add: (index: number, rows: readonly JsonObject[]) => void;
  /** Pages that were added. */
  readonly pages: () => number;
  /** Whether all pages from the first to the last are there, and none has a gap before it. */
  readonly hold: () => boolean;
}

interface Edges {
  readonly head: readonly string[];
  readonly tail: ReadonlySet<string>;
}

/**
 * Pages that do not overlap (0) cannot be compared; then only their number counts.
 * @param overlap rows that a page repeats of the one before while nothing changes
 */
export const createPageSeams = (overlap: number): PageSeams => {
  const edges = new Map<number, Edges>();
  // Rows that were added or went away between two answers have moved the others by as many.
  const width = 2 * overlap;
  const holds = ({ head }: Edges, before: Edges | undefined): boolean =>
    before !== undefined && (overlap === 0 || head.some((id) => before.tail.has(id)));
  return {
    add: (index, rows) => {
      edges.set(index, {
        head: rows.slice(0, width).map(idOf),
        tail: new Set(rows.slice(Math.max(0, rows.length - width)).map(idOf)),
      });
    },
    pages: () => edges.size,
    hold: () =>
      edges.has(0) && [...edges].every(([index, edge]) => index === 0 || holds(edge, edges.get(index - 1))),
  };
};
