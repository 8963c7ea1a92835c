import { streamError } from './stream-errors.ts';
import type { JsonObject } from '../foundation/json.ts';
import type { PageToken, SearchRetrieval } from './definition.ts';

/** How the rows of a search name the page that begins after them. */
type Tokens = Pick<SearchRetrieval, 'tokenOf' | 'sharedTokens'>;

const isSameToken = (a: PageToken | undefined, b: PageToken | undefined): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

/**
 * Cuts a page: says where the next one begins, and takes away rows that belong to it. Where several rows may share a
 * token, the last group of equal tokens is left to the next page, which begins before it: a page edge inside the group
 * would skip the rows behind it. A page that is one such group stays whole; nothing smaller can be asked for. So does one
 * that is out of order: what stands at its end may not come again behind the token, and rather comes twice.
 * @throws ConnectorError when the last row carries no token, so that the next page cannot be named
 */
export const cutPage = (
  { tokenOf, sharedTokens }: Tokens,
  rows: JsonObject[],
  isInOrder: (rows: readonly JsonObject[]) => boolean,
): PageToken => {
  const lastRow = rows.at(-1);
  const last = lastRow === undefined ? undefined : tokenOf(lastRow);
  if (last === undefined) {
    throw streamError('page_edge_missing', {});
  }
  if (!sharedTokens) return last;
  const edge = rows.findLastIndex((row) => !isSameToken(tokenOf(row), last));
  const edgeRow = rows[edge];
  const next = edgeRow === undefined ? undefined : tokenOf(edgeRow);
  if (next === undefined) return last;
  if (isInOrder(rows)) rows.splice(edge + 1);
  return next;
};
