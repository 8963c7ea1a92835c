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
  /** Rows that must have come, as far as the answers say; 0 if they do not. */
  readonly expected: () => number;
  /** By the pages' overlap, and by the answers' totals. */
  readonly isWhole: () => boolean;
}

/** What the answers say of the whole; it moves while the list is read. */
const createTotals = () => {
  let first: number | undefined;
  let last: number | undefined;
  return {
    observe: (total: number | undefined): void => {
      first ??= total;
      last = total ?? last;
    },
    first: () => first,
    /** What the first and the last total both hold. */
    common: () => (first === undefined || last === undefined ? 0 : Math.min(first, last)),
  };
};

/**
 * A short page is not the end: servers cap pages in silence. The end is an empty page, a first page that is shorter than
 * asked for and holds the whole total, or a page that brings nothing new.
 */
export const createPageTally = (paginator: Paginator | undefined): PageTally => {
  const seen = createIdSet();
  const { overlap = 0, limit = Infinity, holdsPlace = true } = paginator ?? {};
  const totals = createTotals();
  let pages = 0;
  let firstLength = 0;
  let offset = 0;
  /** Where the last page ended, in rows. */
  let readTo = 0;
  let pageBegan: string | undefined;
  /** Pages in a row, as long as the first one, that brought nothing new. */
  let barren = 0;
  /** True once a page began elsewhere than the one before: the server heeds the place it is asked for. */
  let hasMoved = false;
  let isUnbroken = true;
  // Where a page's place is a count and pages do not overlap, each row that goes away hides another one.
  const expected = (): number => (overlap > 0 || holdsPlace ? totals.common() : (totals.first() ?? 0));

  const ofFirst = (rows: readonly JsonObject[], total: number | undefined): PageFinding['verdict'] => {
    firstLength = rows.length;
    const isAll = total !== undefined && rows.length >= total && rows.length < limit;
    return paginator === undefined || rows.length === 0 || isAll ? 'end' : 'more';
  };
  /** A page that is to repeat some of the one before, and brings nothing else. */
  const ofNothingNew = (length: number, isSamePage: boolean): PageFinding['verdict'] => {
    // There were rows at this place: others may have moved up past it.
    if (length === 0 && offset < readTo) isUnbroken = false;
    // The last page is shorter than a full one: rows that came in before it have moved others behind it.
    if (length === 0 || length < firstLength) return 'end';
    barren += 1;
    if (barren === 1 || !isSamePage) return 'more';
    if (hasMoved) isUnbroken = false;
    return 'end';
  };
  const ofLater = (rows: readonly JsonObject[], fresh: number, began: string | undefined) => {
    if (fresh > 0) {
      // Nothing of the page before: rows that moved up by more than the overlap may lie between them.
      if (overlap > 0 && fresh === rows.length) isUnbroken = false;
      barren = 0;
      return 'more';
    }
    // The very page that came before: the server does not heed the place it is asked for.
    const isSamePage = began !== undefined && began === pageBegan;
    const maybeMore = totals.first() === undefined ? firstLength === limit : seen.size() < expected();
    const isIgnored = overlap === 0 || !hasMoved;
    if (isSamePage && rows.length > overlap && maybeMore && isIgnored) return 'stuck';
    return overlap > 0 ? ofNothingNew(rows.length, isSamePage) : 'end';
  };
  return {
    take: (rows, total) => {
      totals.observe(total);
      const [firstRow] = rows;
      const began = firstRow && idOf(firstRow);
      const fresh = rows.filter((row) => seen.add(idOf(row)));
      hasMoved ||= pages > 0 && began !== undefined && began !== pageBegan;
      const verdict = pages === 0 ? ofFirst(rows, total) : ofLater(rows, fresh.length, began);
      pages += 1;
      pageBegan = began;
      readTo = offset + rows.length;
      offset = Math.max(offset + 1, offset + rows.length - overlap);
      return { fresh, verdict };
    },
    pages: () => pages,
    offset: () => offset,
    size: seen.size,
    expected,
    isWhole: () => isUnbroken && seen.size() >= expected(),
  };
};
