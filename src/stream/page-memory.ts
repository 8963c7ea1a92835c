/** What a sync has learnt about the pages of its streams. */
export interface PageMemory {
  /** Rows in a page that a location was found to need; undefined when the preferred size has not failed. */
  readonly limitOf: (stream: string, locationId: string) => number | undefined;
  readonly keepLimit: (stream: string, locationId: string, limit: number) => void;
  /** What the next answer is taken to weigh before it is there: the largest of late, and a lot before the first. */
  readonly expectedBytes: (stream: string) => number;
  readonly keepBytes: (stream: string, bytes: number) => void;
}

/** Before the first answer of a stream is known, few are asked for at once: its rows may be large. */
const UNKNOWN_BYTES = 1024 * 1024;
/** Small answers tell little about the next one. */
const LEAST_BYTES = 256 * 1024;
/** One huge answer must not slow the rest of the sync for good. */
const FADING = 0.9;

export const createPageMemory = (): PageMemory => {
  const limits = new Map<string, number>();
  const largest = new Map<string, number>();
  const keyOf = (stream: string, locationId: string): string => `${stream} ${locationId}`;
  return {
    limitOf: (stream, locationId) => limits.get(keyOf(stream, locationId)),
    keepLimit: (stream, locationId, limit) => {
      limits.set(keyOf(stream, locationId), limit);
    },
    expectedBytes: (stream) => largest.get(stream) ?? UNKNOWN_BYTES,
    keepBytes: (stream, bytes) => {
      largest.set(stream, Math.max(bytes, LEAST_BYTES, (largest.get(stream) ?? 0) * FADING));
    },
  };
};
