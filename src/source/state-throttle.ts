/** Decides when a state is worth its bytes: it repeats every location, and there may be thousands. */
export interface StateThrottle {
  readonly recordsWritten: (bytes: number, atMs: number) => void;
  readonly stateWritten: (bytes: number, atMs: number) => void;
  /** True when nothing was written for so long that a sign of life is due. */
  readonly isSilent: (atMs: number) => boolean;
  /** Asked before a state is made, which costs too: goes by the size of the one made last. */
  readonly mayAllow: (atMs: number) => boolean;
  /** Asked with the size of the state that was made. */
  readonly allows: (bytes: number, atMs: number) => boolean;
}

/** How much of what is written may be states, beyond the last one. */
const STATE_SHARE = 0.02;
/** The platform takes a source for dead that writes neither a record nor a state for long. */
const SIGN_OF_LIFE_MS = 5 * 60_000;

export const createStateThrottle = (startedAtMs: number): StateThrottle => {
  let recordBytes = 0;
  let stateBytes = 0;
  let lastMadeBytes = 0;
  let lastSignMs = startedAtMs;
  const isSilent = (atMs: number): boolean => atMs - lastSignMs >= SIGN_OF_LIFE_MS;
  const isAffordable = (bytes: number, atMs: number): boolean =>
    isSilent(atMs) || stateBytes + bytes <= STATE_SHARE * recordBytes;
  return {
    recordsWritten: (bytes, atMs) => {
      recordBytes += bytes;
      lastSignMs = atMs;
    },
    stateWritten: (bytes, atMs) => {
      stateBytes += bytes;
      lastSignMs = atMs;
    },
    isSilent,
    mayAllow: (atMs) => isAffordable(lastMadeBytes, atMs),
    allows: (bytes, atMs) => {
      lastMadeBytes = bytes;
      return isAffordable(bytes, atMs);
    },
  };
};
