import type { Runtime } from '../foundation/runtime.ts';
import { type Costs, Meter } from '../http/meter.ts';
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

/** The later of two times. Times are written in one way, so that their order is that of their texts. */
export const laterOf = (one: string | undefined, other: string | undefined): string | undefined =>
  one === undefined || (other !== undefined && other > one) ? other : one;

/** Collects the figures of a location while it is read. A class, because there is one of each location of each stream. */
export class LocationCollector {
  /** To be told of each of its requests. */
  readonly meter = new Meter();
  readonly #runtime: Pick<Runtime, 'now'>;
  readonly #column: string | undefined;
  readonly #startedAtMs: number;
  #end: LocationFigures['end'];
  #rows = 0;
  #expected: number | undefined;
  #newest: string | undefined;

  /** From now on. @param column undefined where no column tells what is new */
  constructor(runtime: Pick<Runtime, 'now'>, column: string | undefined) {
    this.#runtime = runtime;
    this.#column = column;
    this.#startedAtMs = runtime.now();
  }

  get figures(): LocationFigures {
    return {
      rows: this.#rows,
      newest: this.#newest,
      startedAtMs: this.#startedAtMs,
      end: this.#end,
      costs: this.meter.costs,
      dailyLeft: this.meter.dailyLeft,
    };
  }

  /**
   * Rows that have not come yet: of those that were told of, and where nobody tells, as many as have come. Undefined as long
   * as nothing is known.
   */
  get rowsLeft(): number | undefined {
    if (this.#expected !== undefined) return Math.max(0, this.#expected - this.#rows);
    return this.#rows === 0 ? undefined : this.#rows;
  }

  wrote(records: readonly NormalisedRecord[]): void {
    this.#rows += records.length;
    if (this.#column === undefined) return;
    for (const { data } of records) {
      const value = data[this.#column];
      if (typeof value === 'string') this.#newest = laterOf(this.#newest, value);
    }
  }

  /** Told of rows that are to come, so many more than was known before. */
  expects(rows: number): void {
    this.#expected = (this.#expected ?? 0) + rows;
  }

  ended(how: LocationEnd): void {
    this.#end = { atMs: this.#runtime.now(), how };
  }
}
