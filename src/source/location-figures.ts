import type { Runtime } from '../foundation/runtime.ts';
import { type Costs, createMeter, type Meter } from '../http/meter.ts';
import type { NormalisedRecord } from '../stream/normalise.ts';

/** How the reading of a location ended. */
export type LocationEnd = 'complete' | 'cut_short' | 'failed';

/** What came of one location of a stream, and what it took. */
export interface LocationFigures {
  readonly rows: number;
  /** The latest value of the cursor's column among the rows. */
  readonly newest: string | undefined;
  readonly costs: Costs;
  /** Requests of the day that HighLevel's latest answer leaves to the location; undefined when none said so. */
  readonly dailyLeft: number | undefined;
  /** Epoch ms; undefined for a location that was not reached. */
  readonly startedAtMs: number | undefined;
  /** Undefined while it is being read. */
  readonly end: { readonly atMs: number; readonly how: LocationEnd } | undefined;
}

/** Collects the figures of a location while it is read. */
export interface LocationCollector {
  /** To be told of each of its requests. */
  readonly meter: Meter;
  readonly wrote: (records: readonly NormalisedRecord[]) => void;
  /** Told of rows that are to come, so many more than was known before. */
  readonly expects: (rows: number) => void;
  /**
   * Rows that have not come yet: of those that were told of, and where nobody tells, as many as have come. Undefined as long
   * as nothing is known.
   */
  readonly rowsLeft: () => number | undefined;
  readonly ended: (how: LocationEnd) => void;
  readonly figures: () => LocationFigures;
}

/** The later of two times. Times are written in one way, so that their order is that of their texts. */
export const laterOf = (one: string | undefined, other: string | undefined): string | undefined =>
  one === undefined || (other !== undefined && other > one) ? other : one;

/** From now on. @param column undefined where no column tells what is new */
export const collectLocation = (
  { now }: Pick<Runtime, 'now'>,
  column: string | undefined,
): LocationCollector => {
  const meter = createMeter();
  const startedAtMs = now();
  let end: LocationFigures['end'];
  let rows = 0;
  let expected: number | undefined;
  let newest: string | undefined;
  return {
    meter,
    wrote: (records) => {
      rows += records.length;
      if (column === undefined) return;
      for (const { data } of records) {
        const value = data[column];
        if (typeof value === 'string') newest = laterOf(newest, value);
      }
    },
    expects: (more) => {
      expected = (expected ?? 0) + more;
    },
    rowsLeft: () => {
      if (expected !== undefined) return Math.max(0, expected - rows);
      return rows === 0 ? undefined : rows;
    },
    ended: (how) => {
      end = { atMs: now(), how };
    },
    figures: () => ({
      ...{ rows, newest, startedAtMs, end },
      costs: meter.costs(),
      dailyLeft: meter.dailyLeft(),
    }),
  };
};
