import { DEFAULT_RATE_LIMITS } from '../integration_tests/simulator/options.ts';

export const { max: QUOTA, intervalMs: WINDOW_MS } = DEFAULT_RATE_LIMITS;

/** How many of the instants lie in each full window of the quota, from `start` on; what comes after the last is cut off. */
export const countByWindow = (
  instants: readonly number[],
  { start, end }: { readonly start: number; readonly end: number },
): readonly number[] => {
  const windows = Math.max(0, Math.floor((end - start) / WINDOW_MS));
  const counts = Array.from({ length: windows }, () => 0);
  for (const at of instants) {
    const window = Math.floor((at - start) / WINDOW_MS);
    const known = counts[window];
    if (known !== undefined) counts[window] = known + 1;
  }
  return counts;
};
