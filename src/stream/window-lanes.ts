/** How the requests that a location may have under way at once are shared between windows and what is read in each. */
export interface WindowLanes {
  /** Windows read at once. */
  readonly windows: number;
  /** Lists of a window (of its parents, of the endpoint's passes) read at once. */
  readonly lists: number;
}

/**
 * @param parallel requests at once
 * @param lists of each window
 */
export const shareLanes = (parallel: number, lists: number): WindowLanes => {
  const each = Math.min(parallel, Math.max(1, lists));
  return { windows: Math.max(1, Math.floor(parallel / each)), lists: each };
};
