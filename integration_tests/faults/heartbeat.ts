/** Follows the signs of life that the platform goes by: records and states, and nothing else. */
export interface Heartbeat {
  readonly arrived: (line: string) => void;
  /** The reader itself was silent until now. */
  readonly paused: () => void;
  /** The longest time without a sign of life, up to now. */
  readonly longestSilenceMs: () => number;
}

const isBeat = (line: string): boolean =>
  line.startsWith('{"type":"RECORD"') || line.startsWith('{"type":"STATE"');

/** From now on. */
export const createHeartbeat = (now: () => number): Heartbeat => {
  let lastMs = now();
  let longestMs = 0;
  const beat = (): void => {
    longestMs = Math.max(longestMs, now() - lastMs);
    lastMs = now();
  };
  return {
    arrived: (line) => {
      if (isBeat(line)) beat();
    },
    paused: () => {
      lastMs = now();
    },
    longestSilenceMs: () => Math.max(longestMs, now() - lastMs),
  };
};
