import { partsOf } from '../divide-piece.ts';

interface Walk {
  /** Rows of a page. */
  readonly limit: number;
  /** True if a page leaves its last rows to the next one, because others may share their token. */
  readonly sharedTokens: boolean;
}

/** Requests to walk through so many rows in one lane: a first page that is not full is all, else the end is an empty page. */
const undivided = (rows: number, { limit, sharedTokens }: Walk): number => {
  if (rows < limit) return 1;
  // The last row comes on a page of its own then.
  return sharedTokens ? Math.ceil((rows - 1) / (limit - 1)) + 2 : Math.ceil(rows / limit) + 1;
};

/** Requests to walk through so many rows, divided among lanes if they are many. Rows are taken to be spread evenly. */
export const walkRequests = (rows: number, walk: Walk, lanes: number): number => {
  const { limit } = walk;
  const parts = rows < limit ? undefined : partsOf({ total: rows, remaining: rows, pageSize: limit, lanes });
  if (parts === undefined) return undivided(rows, walk);
  return 1 + parts * undivided(Math.ceil((rows - limit) / parts), walk);
};

/**
 * Requests of an incremental sync for so many changed rows: one if they fit into a page; else one more at least for the
 * rows that count by creation, and those of the walk behind the first page.
 */
export const changesRequests = (rows: number, walk: Walk, lanes: number): number =>
  rows < walk.limit ? 1 : 2 + walkRequests(rows - walk.limit + 1, walk, lanes);
