import { streamError } from './stream-errors.ts';
import type { JsonObject } from '../foundation/json.ts';
import type { HeldRows } from './answer.ts';
import type { Descent, PageToken } from './definition.ts';
import { fetchEndpointPage, type SliceRead } from './endpoint-page.ts';
import { createIdSet } from './id-set.ts';
import { cutPage } from './page-edge.ts';
import { rowsOfPage } from './read-event.ts';

/** A page of a walk from the newest row down. */
export interface DescentStep {
  /** Those that are as young as was asked for. */
  readonly rows: readonly JsonObject[];
  /** The walk can be taken up again after this; undefined at its end. */
  readonly after: PageToken | undefined;
  readonly release: () => void;
}

interface DescentPlan {
  readonly read: Omit<SliceRead, 'endpoint' | 'pass'>;
  readonly descent: Descent;
  /** Where an earlier walk ended. */
  readonly after: PageToken | undefined;
  /** Rows older than this are not asked for; epoch ms. */
  readonly downTo: number;
}

/** What a page means for a walk down. */
interface DescentFinding {
  /** Rows as young as was asked for. */
  readonly rows: JsonObject[];
  /** The next page begins after this; undefined when there is none to ask for. */
  readonly next: PageToken | undefined;
  /** There may be more rows without the key than the page holds, and they cannot be asked for. */
  readonly hidesKeyless: boolean;
}

/** Judges page by page where a walk down goes on. Takes from a page what belongs to the next one. */
const createDescentTally = (
  descent: Descent,
  { downTo, stream }: { readonly downTo: number; readonly stream: string },
) => {
  const { key, limit } = descent;
  const tokens = createIdSet();
  let lowest = Infinity;
  let isOrdered = true;
  /** A row may be newer than its place: it is shown as it is, and not as it was indexed. */
  const placeOf = (row: JsonObject): number | undefined => {
    const place = descent.tokenOf(row)?.[0];
    return typeof place === 'number' ? place : key.valueOf(row);
  };
  const isDescending = (rows: readonly JsonObject[]): boolean => {
    const places = rows.flatMap((row) => placeOf(row) ?? []);
    return places.every((place, index) => place <= (places[index - 1] ?? Infinity));
  };
  const observe = (row: JsonObject): void => {
    const value = placeOf(row);
    if (value === undefined) return;
    if (value > lowest) isOrdered = false;
    lowest = value;
  };
  /** Takes the rows without the key off the page's end: they come last, and name no place to go on from. */
  const takeKeyless = (rows: JsonObject[]): readonly JsonObject[] =>
    rows.splice(rows.findLastIndex((row) => key.valueOf(row) !== undefined) + 1);
  return {
    take: ({ rows, total = Infinity }: HeldRows, isFirst: boolean): DescentFinding => {
      const isWhole = isFirst && rows.length >= total && rows.length < limit;
      const keyless = takeKeyless(rows);
      const next = isWhole || rows.length === 0 ? undefined : cutPage(descent, rows, isDescending);
      if (next !== undefined && !tokens.add(JSON.stringify(next))) {
        throw streamError('pages_stuck', { what: stream, repeated: 'place' });
      }
      rows.forEach(observe);
      const hidesKeyless = rows.length === 0 && keyless.length >= limit;
      const isDown = isOrdered && lowest < downTo;
      // Rows without the key belong to walks to the very end only: they would come at each sync.
      const young = [...rows, ...keyless].filter((row) => (key.valueOf(row) ?? -Infinity) >= downTo);
      return { rows: young, next: isDown ? undefined : next, hidesKeyless };
    },
  };
};

/**
 * Walks down page by page, and stops behind the last row that is as young as `downTo`. Where the order is broken, which
 * stopping early relies on, it goes on to the end.
 */
export async function* walkDown({
  read,
  descent,
  after,
  downTo,
}: DescentPlan): AsyncGenerator<DescentStep, void> {
  const { endpoint, limit } = descent;
  const tally = createDescentTally(descent, { downTo, stream: read.stream });
  let token = after;
  do {
    const page = await fetchEndpointPage(
      { ...read, endpoint, pass: { parameters: {} } },
      { limit, ...(token !== undefined && descent.after(token)) },
    );
    try {
      // The count is of all rows, whatever is asked for.
      if (token === undefined && downTo === -Infinity && page.total !== undefined)
        read.context.expects?.(page.total);
      const { rows, next, hidesKeyless } = tally.take(page, token === undefined);
      if (hidesKeyless) {
        const place = `${read.stream} of location ${read.context.locationId}`;
        read.context.log.warn(
          `${place}: more rows without a time than HighLevel lets read; some may be missing.`,
        );
      }
      yield { ...rowsOfPage(rows, page.release), after: next };
      token = next;
    } finally {
      page.release();
    }
  } while (token !== undefined);
}
