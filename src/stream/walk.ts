import { streamError } from './stream-errors.ts';
import type { JsonObject } from '../foundation/json.ts';
import type { Log } from '../foundation/log.ts';
import { type AscendingRun, createAscendingRun, isAscending } from './ascending-run.ts';
import type { PageToken, SearchKey, SearchRetrieval } from './definition.ts';
import type { Range } from './filters.ts';
import { createIdSet } from './id-set.ts';
import { cutPage } from './page-edge.ts';
import { readByValue } from './read-by-value.ts';
import { idOf } from './row-id.ts';
import { type FetchPage, holdsTotal } from './search-page.ts';

/** What to read: the rows that pass `filters`, ascending by `key`. */
export interface WalkPlan {
  /** For messages: `contacts of location X`. */
  readonly purpose: string;
  readonly key: SearchKey;
  readonly range: Range;
  /** All filters of a search whose key lies in the range. */
  readonly filters: (range: Range) => readonly JsonObject[];
  /** Where an earlier walk with the same range and filters ended, and how many rows it had read. */
  readonly resume: { readonly after: PageToken; readonly rows: number } | undefined;
}

/** A step of a walk. It covers all rows of this and the earlier steps. */
export interface WalkStep {
  /** Empty again once the next step is asked for. */
  readonly rows: readonly JsonObject[];
  /** The walk can be taken up again after this; undefined at its end. */
  readonly after: PageToken | undefined;
  /** Every row of the walk with a smaller key has been yielded; epoch ms, undefined when nothing can be claimed yet. */
  readonly reached: number | undefined;
  /** True when rows were out of order or missing: what earlier steps claimed is void, and only the end can claim again. */
  readonly isDisordered: boolean;
  /** True for a page that is all there is: nothing more is asked for. */
  readonly isWhole: boolean;
  /** True at the end of a walk that the server counts more rows for than it gives. */
  readonly isShort: boolean;
  /** Gives the rows' memory back before the next step is asked for. */
  readonly release: () => void;
}

const EMPTY_STEP: WalkStep = {
  rows: [],
  after: undefined,
  reached: undefined,
  isDisordered: false,
  isWhole: false,
  isShort: false,
  release: () => undefined,
};

export interface WalkDependencies {
  readonly fetch: FetchPage;
  readonly retrieval: SearchRetrieval;
  readonly log: Log;
  /** Told at the end how many rows came, and how many HighLevel counts. */
  readonly counted?: ((ids: number, expected: number) => void) | undefined;
  /** Told at the beginning how many rows HighLevel counts. */
  readonly expects?: ((rows: number) => void) | undefined;
}

/** Counts what a walk has read against what the server says there is. */
interface Tally {
  /** @returns false if the row was there already */
  readonly add: (row: JsonObject) => boolean;
  readonly total: (total: number | undefined) => void;
  readonly read: () => number;
  /** Rows that must have been read: what the first and the last count both hold, because it moves as rows come and go. */
  readonly expected: () => number;
}

const createTally = (readBefore: number, expects: WalkDependencies['expects']): Tally => {
  const seen = createIdSet();
  let first: number | undefined;
  let last: number | undefined;
  return {
    add: (row) => seen.add(idOf(row)),
    total: (total) => {
      if (first === undefined && total !== undefined && readBefore === 0) expects?.(total);
      first ??= total;
      last = total;
    },
    read: () => seen.size() + readBefore,
    expected: () => (first === undefined || last === undefined ? 0 : Math.min(first, last)),
  };
};

interface WalkProgress {
  readonly tally: Tally;
  readonly run: AscendingRun;
}

/** Reads page after page by key-set tokens until a page is empty. */
async function* walkPages(
  { key, range, filters, purpose, resume }: WalkPlan,
  { fetch, retrieval }: WalkDependencies,
  { tally, run }: WalkProgress,
): AsyncGenerator<WalkStep, void> {
  let after = resume?.after;
  const tokens = createIdSet();
  if (after !== undefined) tokens.add(JSON.stringify(after));
  for (let isFirst = resume === undefined; ; isFirst = false) {
    const page = await fetch({ filters: filters(range), sortField: key.field, after });
    try {
      tally.total(page.total);
      if (page.rows.length === 0) return;
      const isWhole = isFirst && holdsTotal(page);
      const next = isWhole ? undefined : cutPage(retrieval, page.rows, isAscending(key));
      // Every token ever given counts: pages that go round in a circle would otherwise be read for ever.
      if (next !== undefined && !tokens.add(JSON.stringify(next))) {
        throw streamError('pages_stuck', { what: purpose, repeated: 'place' });
      }
      for (const row of page.rows) {
        tally.add(row);
        run.observe(row);
      }
      const reached = run.reached();
      yield {
        ...EMPTY_STEP,
        rows: page.rows,
        after: next,
        reached,
        isDisordered: run.isBroken(),
        isWhole,
        release: page.release,
      };
      if (isWhole) return;
      after = next;
    } finally {
      page.release();
    }
  }
}

/** Reads again, by values, what the server counts and the walk has not met. */
async function* readMissing(
  plan: WalkPlan,
  dependencies: WalkDependencies,
  { tally, run }: WalkProgress,
): AsyncGenerator<WalkStep, void> {
  const { log } = dependencies;
  const { purpose } = plan;
  log.warn(`${purpose}: ${tally.read()} of ${tally.expected()} rows came; reading again for the others.`);
  // What earlier steps claimed lies beyond rows that were not read.
  const again = { ...EMPTY_STEP, isDisordered: true };
  yield again;
  for await (const rows of readByValue(plan, dependencies)) {
    const unseen = rows.filter(tally.add);
    unseen.forEach(run.observe);
    if (unseen.length > 0) yield { ...again, rows: unseen };
  }
  if (tally.read() < tally.expected()) {
    log.warn(
      `${purpose}: HighLevel counts ${tally.expected()} rows but gives ${tally.read()}; the others cannot be read.`,
    );
  }
}

/**
 * Walks a search to its end, one page in memory at a time. It verifies the order that its checkpoints rely on, and
 * compares the distinct rows with the server's count: what is short is read again.
 */
export async function* walk(plan: WalkPlan, dependencies: WalkDependencies): AsyncGenerator<WalkStep, void> {
  const { key, range, purpose, resume } = plan;
  const tally = createTally(resume?.rows ?? 0, dependencies.expects);
  const run = createAscendingRun(key);
  yield* walkPages(plan, dependencies, { tally, run });
  if (run.isBroken()) {
    dependencies.log.warn(
      `${purpose} did not come in the order asked for; its checkpoint waited for the end.`,
    );
  }
  if (tally.read() < tally.expected()) yield* readMissing(plan, dependencies, { tally, run });
  dependencies.counted?.(tally.read(), tally.expected());
  const highest = run.highest();
  const { before = Infinity } = range;
  yield {
    ...EMPTY_STEP,
    reached: highest === undefined ? undefined : Math.min(highest, before),
    isShort: tally.read() < tally.expected(),
  };
}
