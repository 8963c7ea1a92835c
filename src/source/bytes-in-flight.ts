const MIB = 1024 * 1024;
/** As parsed rows and as lines, answers take several times their bytes of JSON. */
const SHARE_OF_HEAP = 1 / 16;
/** What a container of 256 MB has room for. */
const LEAST_BYTES = 8 * MIB;
/** With more, the processor is no busier, and whoever has most to give waits longer for its turn. */
const MOST_BYTES = 16 * MIB;

/**
 * Answers in memory at once, as bytes of JSON: they are what many large locations side by side are slowed by, and what a
 * small container runs out of memory by.
 * @param heapLimitBytes what the process may use for objects
 */
export const bytesInFlight = (heapLimitBytes: number): number =>
  Math.round(Math.min(MOST_BYTES, Math.max(LEAST_BYTES, heapLimitBytes * SHARE_OF_HEAP)));
