import type { JsonObject } from '../foundation/json.ts';
import type { Paginator } from './endpoint.ts';
import { createIdSet, type IdSet } from './id-set.ts';
import { createPageSeams } from './page-seams.ts';
import { idOf } from './row-id.ts';

/** What a page means for the walk through the list. */
export interface PageFinding {
  /** Rows that the walk has not met before; nobody else's. */
  readonly fresh: JsonObject[];
  /** `stuck`: the page is one that came already, and there must be others. */
  readonly verdict: 'more' | 'end' | 'stuck';
}

/** Counts the rows of one walk through a list's pages, and judges where it ends and whether they are all. */
export interface PageTally {
  /**
   * Takes a page that came before, or with, those in front of it; the first one has been taken.
   * @returns the rows that the walk has not met before; nobody else's
   */
  readonly takeAhead: (index: number, rows: readonly JsonObject[]) => JsonObject[];
  /**
   * Goes on behind the pages that were taken ahead.
   * @returns false where they do not lie side by side behind the first one
   */
  readonly joinAhead: () => boolean;
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
const createTotals = ({ overlap, holdsPlace }: Required<Pick<Paginator, 'overlap' | 'holdsPlace'>>) => {
  let first: number | undefined;
  let last: number | undefined;
  return {
    observe: (total: number | undefined): void => {
      first ??= total;
      last = total ?? last;
    },
    isTold: () => first !== undefined,
    /** Rows that must come: what the first and the last total both hold; 0 if they are not told. */
    expected: () => {
      // Where a page's place is a count and pages do not overlap, each row that goes away hides another one.
      if (overlap === 0 && !holdsPlace) return first ?? 0;
      return first === undefined || last === undefined ? 0 : Math.min(first, last);
    },
  };
};

/** Where the next page begins, in rows, and how many of its rows the last one held. */
const createPlace = (overlap: number) => {
  let offset = 0;
  let repeated = 0;
  return {
    offset: () => offset,
    repeated: () => repeated,
    passed: (rows: number, { isDoubtful }: { readonly isDoubtful: boolean }): void => {
      const reached = offset + rows;
      offset = isDoubtful ? offset + 1 : Math.max(offset + 1, reached - overlap);
      repeated = reached - offset;
    },
    /** So many pages of the first one's length have come besides. */
    skipped: (pages: number): void => {
      const step = offset;
      offset += pages * step;
    },
  };
};

interface Walked {
  readonly paginator: Paginator | undefined;
  readonly seen: IdSet;
  readonly totals: ReturnType<typeof createTotals>;
  readonly place: ReturnType<typeof createPlace>;
}

/**
 * Judges page by page where a list ends. A short page is not the end: servers cap pages in silence. The end is an empty
 * page, a first page that is shorter than asked for and holds the whole total, or a page of nothing but what had to come
 * again. A page that brings more than that and still nothing new shows that rows have moved: others may lie behind it.
 */
const createEndJudge = ({ paginator, seen, totals, place }: Walked) => {
  const { overlap = 0, limit = Infinity } = paginator ?? {};
  let firstLength = 0;
  let pageBegan: string | undefined;
  let isBarren = false;
  /** Some page heeded the place that it was asked for. */
  let hasAdvanced = false;
  let isUnbroken = true;

  const ofFirst = (rows: readonly JsonObject[], total: number | undefined): PageFinding['verdict'] => {
    firstLength = rows.length;
    const isAll = total !== undefined && rows.length >= total && rows.length < limit;
    return paginator === undefined || rows.length === 0 || isAll ? 'end' : 'more';
  };
  const ofBarren = (rows: readonly JsonObject[], began: string | undefined): PageFinding['verdict'] => {
    // There were rows at this place: others may have moved up past it.
    if (rows.length === 0 && place.repeated() > 0) isUnbroken = false;
    // Not the total: rows that came in meanwhile may make up for those that have not come.
    if (rows.length <= place.repeated()) return 'end';
    // The very page that came before, twice: the server does not heed the place it is asked for.
    if (!isBarren || began !== pageBegan) return 'more';
    if (hasAdvanced) isUnbroken = false;
    const maybeMore = totals.isTold() ? seen.size() < totals.expected() : firstLength === limit;
    return maybeMore && !hasAdvanced ? 'stuck' : 'end';
  };
  const ofLater = (rows: readonly JsonObject[], fresh: number, began: string | undefined) => {
    if (fresh === 0) return ofBarren(rows, began);
    hasAdvanced = true;
    // Nothing of the page before: rows that moved up by more than the overlap may lie between them.
    if (overlap > 0 && fresh === rows.length) isUnbroken = false;
    return 'more';
  };
  return {
    verdict: (
      rows: readonly JsonObject[],
      {
        fresh,
        total,
        isFirst,
      }: { readonly fresh: number; readonly total: number | undefined; readonly isFirst: boolean },
    ): PageFinding['verdict'] => {
      const [began] = rows.slice(0, 1).map(idOf);
      const verdict = isFirst ? ofFirst(rows, total) : ofLater(rows, fresh, began);
      pageBegan = began;
      // Rows may have moved, or a page came twice: the next one hardly moves on, and tells which.
      place.passed(rows.length, { isDoubtful: fresh === 0 && !isBarren });
      isBarren = fresh === 0;
      return verdict;
    },
    /** Pages came besides. */
    advanced: (): void => {
      hasAdvanced = true;
    },
    isUnbroken: () => isUnbroken,
  };
};

/** Counts what the pages bring, by their ids, and judges each of them. */
export const createPageTally = (paginator: Paginator | undefined): PageTally => {
  const seen = createIdSet();
  const { overlap = 0, holdsPlace = true } = paginator ?? {};
  const totals = createTotals({ overlap, holdsPlace });
  const place = createPlace(overlap);
  const judge = createEndJudge({ paginator, seen, totals, place });
  const seams = createPageSeams(overlap);
  let pages = 0;
  const freshOf = (rows: readonly JsonObject[]): JsonObject[] => rows.filter((row) => seen.add(idOf(row)));

  return {
    take: (rows, total) => {
      totals.observe(total);
      const isFirst = pages === 0;
      if (isFirst) seams.add(0, rows);
      const fresh = freshOf(rows);
      pages += 1;
      return { fresh, verdict: judge.verdict(rows, { fresh: fresh.length, total, isFirst }) };
    },
    takeAhead: (index, rows) => {
      seams.add(index, rows);
      judge.advanced();
      return freshOf(rows);
    },
    joinAhead: () => {
      place.skipped(seams.pages() - pages);
      pages = seams.pages();
      return seams.hold();
    },
    pages: () => pages,
    offset: place.offset,
    size: seen.size,
    expected: totals.expected,
    isWhole: () => judge.isUnbroken() && seen.size() >= totals.expected(),
  };
};
