import type { Paginator } from '../endpoint.ts';

type Pages = Pick<Paginator, 'limit' | 'overlap'>;

/**
 * Requests for the pages of a list of so many rows that says how many they are: a first page that is not full is all
 * there is; else the end is a page that brings nothing new.
 * @param paginator undefined where an answer is the whole list
 */
export const listRequests = (rows: number, paginator: Pages | undefined): number => {
  if (paginator === undefined || rows < paginator.limit) return 1;
  const { limit, overlap } = paginator;
  return 1 + Math.ceil((rows - limit) / (limit - overlap)) + 1;
};
