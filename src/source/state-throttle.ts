/** Decides when a state is worth its bytes: it repeats every location, and there may be thousands. */
export interface StateThrottle {
  readonly recordsWritten: (bytes: number, atMs: number) => void;
  readonly stateWritten: (bytes: number, atMs: number) => void;
  /** Asked with the size of the last state before a new one is made, and again with the new one's. */
  readonly allows: (bytes: number, atMs: number) => boolean;
  readonly lastStateBytes: () => number;
}

/** How much of what is written may be states, beyond the last one. */
const STATE_SHARE = 0.02;
/** The platform takes a source for dead that writes neither a record nor a state for long. */
const SIGN_OF_LIFE_MS = 5 * 60_000;

export const createStateThrottle = (startedAtMs: number): StateThrottle => {
  let recordBytes = 0;
  let stateBytes = 0;
  let lastStateBytes = 0;
  let lastSignMs = startedAtMs;
  return {
    recordsWritten: (bytes, atMs) => {
      recordBytes += bytes;
      lastSignMs = atMs;
    },
    stateWritten: (bytes, atMs) => {
      stateBytes += bytes;
      lastStateBytes = bytes;
      lastSignMs = atMs;
    },
    allows: (bytes, atMs) =>
      atMs - lastSignMs >= SIGN_OF_LIFE_MS || stateBytes + bytes <= STATE_SHARE * recordBytes,
    lastStateBytes: () => lastStateBytes,
  };
};
