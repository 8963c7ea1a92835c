import type { JsonObject } from '../foundation/json.ts';
import { createAscendingRun } from './ascending-run.ts';
import type { SearchKey } from './definition.ts';
import type { SearchPage } from './search-page.ts';
import { cutSpan, type Span } from './span.ts';

/** How a span is read by several lanes: the rows at hand are those of its head, the parts are to be read. */
export interface Division {
  /** Up to the first part; what it holds is at hand. */
  readonly head: Span;
  /** Rows of the head; nobody else's. */
  readonly rows: JsonObject[];
  /** They cover the rest of the span without a gap. */
  readonly parts: readonly Span[];
}

/** A part of fewer pages costs more requests than it saves time: each has an end to prove. */
const FEWEST_PAGES = 6;
/** The ids of a piece are in memory until it ends, to be counted. */
const MOST_ROWS = 50_000;
/** A piece that is hardly larger than wanted stays whole. */
const TOLERANCE = 1.25;
const MOST_PARTS = 16;

interface Work {
  /** Rows of the whole walk that have not come yet, as far as is known. */
  readonly remaining: number;
  readonly lanes: number;
}

interface Size extends Work {
  /** Rows of the piece. */
  readonly total: number;
  readonly pageSize: number;
}

/** Into how many parts a piece is divided; undefined for one that one lane reads. */
export const partsOf = ({ total, pageSize, remaining, lanes }: Size): number | undefined => {
  if (lanes < 2) return undefined;
  const wanted = Math.max(FEWEST_PAGES * pageSize, Math.min(MOST_ROWS, remaining / lanes));
  return total <= TOLERANCE * wanted ? undefined : Math.min(MOST_PARTS, Math.ceil(total / wanted));
};

/**
 * Divides a span by its first page, which tells how many rows there are. The span is cut by time, because nobody knows how
 * the rows are spread; a part that then holds too many is divided in its turn, by its own first row, down to a millisecond.
 *
 * @returns undefined for a span that one lane reads: it is small, cannot be cut, or does not come in order
 */
export const dividePiece = (
  { since, before }: Span,
  { rows, total, limit }: Pick<SearchPage, 'rows' | 'total' | 'limit'>,
  { key, remaining, lanes }: Work & { readonly key: SearchKey },
): Division | undefined => {
  const last = rows.at(-1);
  // The smaller of what the row says and what the index says: whichever of them the filters go by.
  const cut = last === undefined ? undefined : key.valueOf(last);
  if (total === undefined || cut === undefined) return undefined;
  const pageSize = Math.min(limit, rows.length);
  const parts = partsOf({ total, pageSize, remaining, lanes });
  const run = createAscendingRun(key);
  rows.forEach(run.observe);
  if (parts === undefined || run.isBroken()) return undefined;
  if (cut < (since ?? -Infinity) || before - cut < 2) return undefined;
  const isBefore = (row: JsonObject): boolean => (key.valueOf(row) ?? Infinity) < cut;
  const headRows = rows.filter(isBefore);
  // Nothing but rows of one instant: there may be any number of them, which can only be read one page after the other.
  const isOneInstant = headRows.length === 0;
  const instant = isOneInstant ? [{ since: cut, before: cut + 1 }] : [];
  return {
    head: { since, before: cut },
    rows: headRows,
    parts: [...instant, ...cutSpan(isOneInstant ? cut + 1 : cut, before, parts)],
  };
};
