/** What V8 tells and takes of the space where objects are made. */
export interface YoungSpaceControls {
  readonly sizeBytes: () => number;
  /** By what the space is multiplied whenever much of it stays in use; 1: never. */
  readonly setGrowth: (factor: number) => void;
}

/** To be told now and then, while objects are made. */
export interface YoungSpace {
  readonly check: () => void;
}

/** Of both halves together. */
const ENOUGH_BYTES = 8 * 1024 * 1024;
/** From V8's first size, one mebibyte a half, in one step. */
const GROWTH = 4;

/**
 * Lets the space for short-lived objects grow to a few megabytes, and no further. V8's first size is less than a page of
 * rows, nearly all of which is copied twice then; left to itself, V8 goes on until tens of megabytes of spent pages lie
 * about. It does not grow before the first check.
 */
export const createYoungSpace = ({ sizeBytes, setGrowth }: YoungSpaceControls): YoungSpace => {
  let factor = 1;
  setGrowth(factor);
  return {
    check: () => {
      const wanted = sizeBytes() < ENOUGH_BYTES ? GROWTH : 1;
      if (wanted !== factor) setGrowth(wanted);
      factor = wanted;
    },
  };
};
