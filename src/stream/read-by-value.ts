import type { JsonObject } from '../foundation/json.ts';
import type { PageToken, SearchKey, SearchRetrieval } from './definition.ts';
import type { Range } from './filters.ts';
import { isAscending } from './ascending-run.ts';
import { createIdSet } from './id-set.ts';
import { cutPage } from './page-edge.ts';
import type { FetchPage } from './search-page.ts';

interface ValuePlan {
  readonly key: SearchKey;
  readonly range: Range;
  readonly filters: (range: Range) => readonly JsonObject[];
}

interface ValueDependencies {
  readonly fetch: FetchPage;
  readonly retrieval: SearchRetrieval;
}

const largestKey = (
  { valueOf, orderOf = valueOf }: SearchKey,
  rows: readonly JsonObject[],
): number | undefined =>
  rows.reduce<number | undefined>((largest, row) => {
    const value = orderOf(row);
    return value === undefined || (largest !== undefined && value <= largest) ? largest : value;
  }, undefined);

/** All pages of a range by tokens. */
async function* readByToken(
  { key, filters }: ValuePlan,
  range: Range,
  { fetch, retrieval }: ValueDependencies,
): AsyncGenerator<readonly JsonObject[], void> {
  let token: PageToken | undefined;
  const tokens = createIdSet();
  for (;;) {
    const page = await fetch({ filters: filters(range), sortField: key.field, after: token });
    try {
      if (page.rows.length === 0) return;
      yield page.rows;
      const next = cutPage(retrieval, page.rows, isAscending(key));
      if (!tokens.add(JSON.stringify(next))) return;
      token = next;
    } finally {
      page.release();
    }
  }
}

/**
 * Reads a range in windows that begin at the largest key of the window before, inclusive: no row can fall between two
 * windows, whatever the server breaks ties by. Rows of that key come twice.
 */
export async function* readByValue(
  plan: ValuePlan,
  dependencies: ValueDependencies,
): AsyncGenerator<readonly JsonObject[], void> {
  const { key, range, filters } = plan;
  let { since } = range;
  for (;;) {
    const page = await dependencies.fetch({
      filters: filters({ ...range, since }),
      sortField: key.field,
      after: undefined,
    });
    let largest: number | undefined;
    try {
      if (page.rows.length === 0) return;
      yield page.rows;
      if (page.total !== undefined && page.rows.length >= page.total) return;
      largest = largestKey(key, page.rows);
    } finally {
      page.release();
    }
    if (largest === undefined) return;
    if (since !== undefined && largest < since) {
      // Nothing in the window says that it belongs there: windows lead nowhere, and tokens come to an end.
      yield* readByToken(plan, { ...range, since }, dependencies);
      return;
    }
    if (since !== undefined && largest <= since) {
      // More rows in a millisecond than a page holds, whose tokens may all be one: a group that cannot be left to the next page.
      const retrieval = { ...dependencies.retrieval, sharedTokens: false };
      yield* readByToken(plan, { since, before: since + 1 }, { ...dependencies, retrieval });
      largest = since + 1;
    }
    since = largest;
  }
}
