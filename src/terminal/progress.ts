import type { Pace, StreamWatch, SyncWatch } from '../source/sync-watch.ts';
import { paceLine, progressLine } from './progress-line.ts';

/** A place on a terminal where lines are written again and again. */
export interface LiveLine {
  (text: string): void;
  /** Writes a line for good, in their place. */
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

/** What counts as "of late". */
const RECENT_MS = 10_000;
const SECOND_MS = 1000;
const NO_PACE: Pace = {
  costs: { requests: 0, retries: 0, quotaMs: 0, backoffMs: 0 },
  allowedPerSecond: 0,
};

/** How much is added to figures in a second, of late. @returns the function to be told of them now and then */
const followRates = <Figures extends Readonly<Record<string, number>>>(now: () => number) => {
  let samples: readonly { readonly atMs: number; readonly figures: Figures }[] = [];
  return (figures: Figures): ((key: keyof Figures) => number) => {
    const atMs = now();
    const sample = { atMs, figures };
    samples = [...samples.filter((one) => atMs - one.atMs <= RECENT_MS), sample];
    const first = samples[0] ?? sample;
    const seconds = (atMs - first.atMs) / SECOND_MS;
    return (key) => (seconds <= 0 ? 0 : ((figures[key] ?? 0) - (first.figures[key] ?? 0)) / seconds);
  };
};

/** Counts what one stream has come to. */
const followStream = (
  { name, locations: total }: { readonly name: string; readonly locations: number },
  now: () => number,
) => {
  const startedAtMs = now();
  const rateOf = followRates(now);
  const open = new Set<string>();
  let [ended, rows, expected] = [0, 0, 0];
  rateOf({ rows });
  return {
    open,
    counts: {
      locationStarted: (locationId: string) => {
        open.add(locationId);
      },
      locationEnded: (locationId: string) => {
        open.delete(locationId);
        ended += 1;
      },
      rowsExpected: (more: number) => {
        expected += more;
      },
      rowsWritten: (more: number) => {
        rows += more;
      },
    },
    line: (): string =>
      progressLine({
        ...{ name, rows, expected },
        locations: { ended, open: open.size, total },
        elapsedMs: now() - startedAtMs,
        rowRate: rateOf({ rows })('rows'),
      }),
  };
};

/** Follows the streams of a sync, a line each while they are read, and below them what they do together. */
export const createProgress = ({ line, now }: ProgressOptions): Progress => {
  let pace = (): Pace => NO_PACE;
  const streams = new Set<ReturnType<typeof followStream>>();
  const rateOf = followRates<{ readonly requests: number; readonly quotaMs: number }>(now);

  const paceNow = (): string => {
    const { costs, allowedPerSecond } = pace();
    const rate = rateOf({ requests: costs.requests, quotaMs: costs.quotaMs });
    return paceLine({
      rates: { requests: rate('requests'), quotaMs: rate('quotaMs') },
      openLocations: new Set([...streams].flatMap(({ open }) => [...open])).size,
      allowedPerSecond,
    });
  };
  return {
    syncStarted: (given) => {
      pace = given;
      paceNow();
    },
    streamStarted: (started): StreamWatch => {
      const stream = followStream(started, now);
      streams.add(stream);
      return {
        ...stream.counts,
        ended: (summary) => {
          streams.delete(stream);
          line.clear();
          line.persist(summary);
        },
      };
    },
    syncEnded: () => {
      line.clear();
    },
    draw: () => {
      if (streams.size > 0) line([...[...streams].map((stream) => stream.line()), paceNow()].join('\n'));
    },
  };
};
