import { PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** What of V8 is told and asked. */
export interface Engine {
  readonly setFlag: (flag: string) => void;
  /** What the space for short-lived objects takes, both of its halves. */
  readonly youngBytes: () => number;
  /** Calls back soon after a collection. @returns what ends that */
  readonly afterCollections: (tell: () => void) => () => void;
}

export const v8Engine: Engine = {
  setFlag: setFlagsFromString,
  youngBytes: () =>
    getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')?.space_size ?? 0,
  afterCollections: (tell) => {
    const observer = new PerformanceObserver(tell);
    observer.observe({ entryTypes: ['gc'] });
    return () => {
      observer.disconnect();
    };
  },
};

/** Less makes pages outlive it, more lies about as spent pages. */
const YOUNG_BYTES = 8 * 1024 * 1024;

/**
 * Keeps V8 from spreading. Left to itself it doubles the space for short-lived objects up to 16 or 32 MB a half, and lets
 * what is spent pile up to several times of what is in use before it looks for it.
 */
export const boundHeap = ({ setFlag, youngBytes, afterCollections }: Engine): void => {
  // Twice what is in use.
  setFlag('--heap-growing-percent=100');
  // The size can be set at the start of Node.js only; how it grows is asked for each time.
  const end = afterCollections(() => {
    if (youngBytes() < YOUNG_BYTES) return;
    setFlag('--semi-space-growth-factor=1');
    end();
  });
};
