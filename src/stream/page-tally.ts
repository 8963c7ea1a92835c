import type { JsonObject } from '../foundation/json.ts';
import type { Paginator } from './endpoint.ts';
import { createIdSet } from './id-set.ts';
import { idOf } from './row-id.ts';

/** What a page means for the walk through the list. */
export interface PageFinding {
  /** Rows that the walk has not met before. */
  readonly fresh: readonly JsonObject[];
  /** `stuck`: the page is one that came already, and there must be others. */
  readonly verdict: 'more' | 'end' | 'stuck';
}

/** Counts the rows of one walk through a list's pages, and judges where it ends and whether they are all. */
export interface PageTally {
  readonly take: (rows: readonly JsonObject[], total: number | undefined) => PageFinding;
  /** Pages taken. */
  readonly pages: () => number;
  /** Where the next page begins, in rows, if it is to repeat some of the last one. */
  readonly offset: () => number;
  /** Distinct rows taken. */
  readonly size: () => number;
  /** Rows that must have come, as far as the answers say: what the first and the last total both hold, because it moves. */
  readonly expected: () => number;
  /** By the answers' totals; where there are none, by the pages' overlap. */
  readonly isWhole: () => boolean;
}

/**
 * A short page is not the end: servers cap pages in silence. The end is an empty page, a first page that is shorter than
 * asked for and holds the whole total, or a page that brings nothing but what the one before it had.
 */
export const createPageTally = (paginator: Paginator | undefined): PageTally => {
  const seen = createIdSet();
  const { overlap = 0, limit = Infinity } = paginator ?? {};
  let pages = 0;
  let firstLength = 0;
  let offset = 0;
  let firstTotal: number | undefined;
  let lastTotal: number | undefined;
  let isUnbroken = true;
  const expected = (): number =>
    firstTotal === undefined || lastTotal === undefined ? 0 : Math.min(firstTotal, lastTotal);

  const ofFirst = (rows: readonly JsonObject[], total: number | undefined): PageFinding['verdict'] => {
    firstLength = rows.length;
    const isAll = total !== undefined && rows.length >= total && rows.length < limit;
    return paginator === undefined || rows.length === 0 || isAll ? 'end' : 'more';
  };
  const ofLater = (rows: readonly JsonObject[], fresh: number): PageFinding['verdict'] => {
    if (fresh > 0) {
      // Nothing of the page before: rows that moved up by more than the overlap may lie between them.
      if (overlap > 0 && fresh === rows.length) isUnbroken = false;
      return 'more';
    }
    const isPlausible = rows.length <= overlap || (firstLength < limit && seen.size() >= expected());
    return isPlausible ? 'end' : 'stuck';
  };
  return {
    take: (rows, total) => {
      firstTotal ??= total;
      lastTotal = total ?? lastTotal;
      const fresh = rows.filter((row) => seen.add(idOf(row)));
      const verdict = pages === 0 ? ofFirst(rows, total) : ofLater(rows, fresh.length);
      pages += 1;
      offset = Math.max(offset + 1, offset + rows.length - overlap);
      return { fresh, verdict };
    },
    pages: () => pages,
    offset: () => offset,
    size: seen.size,
    expected,
    isWhole: () => (firstTotal === undefined ? isUnbroken : seen.size() >= expected()),
  };
};
