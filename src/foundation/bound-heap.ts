import { getHeapSpaceStatistics, getHeapStatistics, setFlagsFromString } from 'node:v8';

/** What of V8 is told and asked. */
export interface Engine {
  readonly setFlag: (flag: string) => void;
  /** What the space for short-lived objects takes, both of its halves. */
  readonly youngBytes: () => number;
  /** What all objects take, with those that are spent and not collected yet. */
  readonly usedBytes: () => number;
}

export const v8Engine: Engine = {
  setFlag: setFlagsFromString,
  youngBytes: () =>
    getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')?.space_size ?? 0,
  usedBytes: () => getHeapStatistics().used_heap_size,
};

/** To be told now and then, while objects are made. */
export interface BoundHeap {
  readonly check: () => void;
}

/** With less, pages outlive it, and each row is copied twice; with more, more lies about as spent pages. */
const YOUNG_BYTES = 8 * 1024 * 1024;
/** From V8's first size, one mebibyte a half, in one step. */
const GROWTH = 4;

/** Above this the heap may grow to twice what is in use between collections, else to three times. */
const LARGE_BYTES = 32 * 1024 * 1024;
/** In percent. With twice, collecting takes a seventh of the processor time more. */
const HEAP_GROWTH = { small: 200, large: 100 } as const;

/**
 * Keeps V8 from spreading. Left to itself it lets what is spent pile up to several times of what is in use before it looks
 * for it, and doubles the space for short-lived objects up to 16 or 32 MB a half. The size of that space can be set at the
 * start of Node.js only; how it grows is asked for each time, so that it is let grow from the first check on, until it is
 * large enough.
 */
export const boundHeap = ({ setFlag, youngBytes, usedBytes }: Engine): BoundHeap => {
  const told = new Map<string, number>();
  const tell = (flag: string, value: number): void => {
    if (told.get(flag) === value) return;
    told.set(flag, value);
    setFlag(`--${flag}=${value}`);
  };
  tell('heap-growing-percent', HEAP_GROWTH.small);
  tell('semi-space-growth-factor', 1);
  return {
    check: () => {
      tell('semi-space-growth-factor', youngBytes() < YOUNG_BYTES ? GROWTH : 1);
      tell('heap-growing-percent', HEAP_GROWTH[usedBytes() > LARGE_BYTES ? 'large' : 'small']);
    },
  };
};
