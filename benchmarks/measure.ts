import type { Bench } from './bench.ts';

/** One line of the table. */
export interface Finding {
  readonly name: string;
  readonly value: string;
  readonly wanted: string;
  /** Undefined where nothing is wanted, or what was run was too small to tell. */
  readonly isMet: boolean | undefined;
}

/** Something that is wanted, and how it is measured. */
export interface Measure {
  /** What `--only` takes. */
  readonly name: string;
  readonly run: (bench: Bench) => Promise<readonly Finding[]>;
}
