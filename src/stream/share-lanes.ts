import type { Endpoint } from './endpoint.ts';

/** How the requests that a location may have under way at once are shared. */
export interface Lanes {
  /** Windows (or whatever is made of several lists) read at once. */
  readonly groups: number;
  /** Lists of each of them read at once. */
  readonly lists: number;
  /** Pages of each list read at once. */
  readonly pages: number;
}

/** Where pages can be read at once, two windows suffice: while one is at its end, the other one is in the middle. */
const GROUPS_OF_PAGES = 2;

interface Work {
  readonly endpoint: Pick<Endpoint, 'paginator'>;
  /** Of each group. */
  readonly lists: number;
  /** Default: there are as many as one likes. */
  readonly groups?: number;
}

/** @param parallel requests at once */
export const shareLanes = (
  parallel: number,
  { endpoint: { paginator }, lists: wanted, groups: most = Infinity }: Work,
): Lanes => {
  const lists = Math.min(parallel, Math.max(1, wanted));
  const left = Math.floor(parallel / lists);
  const hasPagesAtOnce = paginator?.holdsPlace === false;
  const groups = Math.min(left, most, hasPagesAtOnce ? GROUPS_OF_PAGES : Infinity);
  return { groups, lists, pages: hasPagesAtOnce ? Math.floor(left / groups) : 1 };
};
