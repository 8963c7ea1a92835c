import type { Pace, SyncWatch } from '../source/sync-watch.ts';
import { progressLine, type StreamProgress } from './progress-line.ts';

/** A place on a terminal where a line is written again and again. */
export interface LiveLine {
  (text: string): void;
  /** Writes a line for good, in its place. */
  readonly persist: (text: string) => void;
  readonly clear: () => void;
}

interface ProgressOptions {
  readonly line: LiveLine;
  /** Epoch ms. */
  readonly now: () => number;
}

/** A sync's progress on a terminal. */
export interface Progress extends SyncWatch {
  /** Draws how far it is now; to be called a few times a second. */
  readonly draw: () => void;
}

interface Sample {
  readonly atMs: number;
  readonly rows: number;
  readonly requests: number;
  readonly quotaMs: number;
}

/** What counts as "of late". */
const RECENT_MS = 10_000;
const SECOND_MS = 1000;
const NO_PACE: Pace = {
  costs: { requests: 0, retries: 0, quotaMs: 0, backoffMs: 0 },
  allowedPerSecond: 0,
};

/** How much is added in a second, as far as the samples go back. */
const ratesOf = (samples: readonly Sample[]): StreamProgress['rates'] => {
  const [first, last] = [samples[0], samples[samples.length - 1]];
  const seconds = ((last?.atMs ?? 0) - (first?.atMs ?? 0)) / SECOND_MS;
  const rate = (key: 'rows' | 'requests' | 'quotaMs'): number =>
    seconds <= 0 ? 0 : ((last?.[key] ?? 0) - (first?.[key] ?? 0)) / seconds;
  return { rows: rate('rows'), requests: rate('requests'), quotaMs: rate('quotaMs') };
};

/** Counts what one stream has come to. */
const followStream = (
  { name, locations: total }: { readonly name: string; readonly locations: number },
  { now, pace }: { readonly now: () => number; readonly pace: () => Pace },
) => {
  const startedAtMs = now();
  let samples: readonly Sample[] = [];
  let [ended, open, rows, expected] = [0, 0, 0, 0];

  const sample = (): void => {
    const { requests, quotaMs } = pace().costs;
    const atMs = now();
    samples = [...samples.filter((one) => atMs - one.atMs <= RECENT_MS), { atMs, rows, requests, quotaMs }];
  };
  sample();
  return {
    locationStarted: () => {
      open += 1;
    },
    locationEnded: () => {
      open -= 1;
      ended += 1;
    },
    rowsExpected: (more: number) => {
      expected += more;
    },
    rowsWritten: (more: number) => {
      rows += more;
    },
    line: (): string => {
      sample();
      return progressLine({
        ...{ name, rows, expected },
        locations: { ended, open, total },
        elapsedMs: now() - startedAtMs,
        rates: ratesOf(samples),
        allowedPerSecond: pace().allowedPerSecond,
      });
    },
  };
};

/** Follows one stream after the other. */
export const createProgress = ({ line, now }: ProgressOptions): Progress => {
  let pace = (): Pace => NO_PACE;
  let stream: ReturnType<typeof followStream> | undefined;
  return {
    syncStarted: (given) => {
      pace = given;
    },
    streamStarted: (started) => {
      stream = followStream(started, { now, pace });
    },
    locationStarted: () => stream?.locationStarted(),
    locationEnded: () => stream?.locationEnded(),
    rowsExpected: (rows) => stream?.rowsExpected(rows),
    rowsWritten: (rows) => stream?.rowsWritten(rows),
    streamEnded: (summary) => {
      stream = undefined;
      line.clear();
      line.persist(summary);
    },
    syncEnded: () => {
      line.clear();
    },
    draw: () => {
      if (stream !== undefined) line(stream.line());
    },
  };
};
