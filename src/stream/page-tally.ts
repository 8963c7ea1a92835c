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

/** Where the pages of a list begin that is paged by counting rows. */
const createPlaces = (overlap: number) => {
  let offset = 0;
  /** Where the last page ended. */
  let readTo = 0;
  let began: string | undefined;
  let hasMoved = false;
  return {
    offset: () => offset,
    /** Whether the page before had rows where this one begins. */
    hadRows: () => offset < readTo,
    /** Whether a page that begins with this row is the very one that came before. */
    isSame: (first: string | undefined) => first !== undefined && first === began,
    /** True once a page began elsewhere than the one before: the server heeds the place it is asked for. */
    hasMoved: () => hasMoved,
    take: (length: number, first: string | undefined): void => {
      hasMoved ||= began !== undefined && first !== undefined && first !== began;
      began = first;
      readTo = offset + length;
      offset = Math.max(offset + 1, readTo - overlap);
    },
  };
};

/** Judges a first page of so many rows. */
const ofFirst = (
  paginator: Paginator | undefined,
  length: number,
  total: number | undefined,
): PageFinding['verdict'] => {
  const isAll = total !== undefined && length >= total && length < (paginator?.limit ?? Infinity);
  return paginator === undefined || length === 0 || isAll ? 'end' : 'more';
};

/**
 * A short page is not the end: servers cap pages in silence. The end is an empty page, a first page that is shorter than
 * asked for and holds the whole total, or a page that brings nothing new and, where pages overlap, is shorter than others.
 */
export const createPageTally = (paginator: Paginator | undefined): PageTally => {
  const seen = createIdSet();
  const { overlap = 0, limit = Infinity, holdsPlace = true } = paginator ?? {};
  const totals = createTotals();
  const places = createPlaces(overlap);
  let pages = 0;
  let firstLength = 0;
  /** Pages in a row, as long as the first one, that brought nothing new. */
  let barren = 0;
  let isUnbroken = true;
  // Where a page's place is a count and pages do not overlap, each row that goes away hides another one.
  const expected = (): number => (overlap > 0 || holdsPlace ? totals.common() : (totals.first() ?? 0));

  /** A page that is to repeat some of the one before, and brings nothing else. */
  const ofNothingNew = (length: number, isSame: boolean): PageFinding['verdict'] => {
    // Others may have moved up past this place.
    if (length === 0 && places.hadRows()) isUnbroken = false;
    // The last page is shorter than a full one: rows that came in before it have moved others behind it.
    if (length === 0 || length < firstLength) return 'end';
    barren += 1;
    if (barren === 1 || !isSame) return 'more';
    if (places.hasMoved()) isUnbroken = false;
    return 'end';
  };
  const ofLater = (length: number, fresh: number, isSame: boolean): PageFinding['verdict'] => {
    if (fresh > 0) {
      // Nothing of the page before: rows that moved up by more than the overlap may lie between them.
      if (overlap > 0 && fresh === length) isUnbroken = false;
      barren = 0;
      return 'more';
    }
    const maybeMore = totals.first() === undefined ? firstLength === limit : seen.size() < expected();
    if (maybeMore && isSame && length > overlap && (overlap === 0 || !places.hasMoved())) return 'stuck';
    return overlap > 0 ? ofNothingNew(length, isSame) : 'end';
  };
  return {
    take: (rows, total) => {
      totals.observe(total);
      const { length } = rows;
      const [began] = rows.slice(0, 1).map(idOf);
      const fresh = rows.filter((row) => seen.add(idOf(row)));
      const verdict =
        pages === 0 ? ofFirst(paginator, length, total) : ofLater(length, fresh.length, places.isSame(began));
      if (pages === 0) firstLength = length;
      pages += 1;
      places.take(length, began);
      return { fresh, verdict };
    },
    pages: () => pages,
    offset: places.offset,
    size: seen.size,
    expected,
    isWhole: () => isUnbroken && seen.size() >= expected(),
  };
};
