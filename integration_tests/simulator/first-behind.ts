/** The first of `size` positions that is behind, where all that follow one behind are behind, too; `size` if none is. */
export const firstBehind = (size: number, isBehind: (position: number) => boolean): number => {
  let low = 0;
  let high = size;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBehind(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
};
