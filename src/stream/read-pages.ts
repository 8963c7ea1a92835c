import { ConnectorError } from '../foundation/errors.ts';
import { streamError } from './stream-errors.ts';
import type { JsonObject } from '../foundation/json.ts';
import { type EndpointPage, fetchEndpointPage, type SliceRead } from './endpoint-page.ts';
import type { CutWatch } from './cut-watch.ts';
import { createIdSet, type IdSet } from './id-set.ts';
import { createPageTally, type PageTally } from './page-tally.ts';
import { pagesAhead } from './pages-ahead.ts';
import { readAhead } from './read-ahead.ts';
import { type ReadEvent, rowsOrAlive } from './read-event.ts';
import { idOf } from './row-id.ts';

/**
 * Besides rows: the list is larger than was allowed and nothing of it was read (`sample`: rows that it holds), or its
 * parent does not exist any more.
 */
export type PagesEvent =
  | Exclude<ReadEvent, { readonly kind: 'checkpoint' }>
  | { readonly kind: 'too_large'; readonly size: number; readonly sample: readonly JsonObject[] }
  | { readonly kind: 'gone' };

interface PagesOptions {
  /** Rows that were emitted already and are not to come again; those that come are added. Default: none is known. */
  readonly seen?: IdSet;
  /** Rows that are wanted at all. Default: every one. */
  readonly takes?: (row: JsonObject) => boolean;
  /** A list that has more rows than this is not read. */
  readonly mostRows?: number | undefined;
  /** For answers without pages, where `mostRows` is given: one that is cut off counts as too large. */
  readonly cuts?: CutWatch | undefined;
  /** Pages read at once, where the first one tells how many there are. Default: 1. */
  readonly atOnce?: number | undefined;
  /** Told once, with the first page, how many rows the list has, if the answer says so. */
  readonly expects?: ((rows: number) => void) | undefined;
}

/** Rows that tell what a list that was not read is like. */
const SAMPLE_ROWS = 100;
/** Times that a list is read before what is missing is given up. */
const MOST_WALKS = 3;
/** Answers to a place in the list that the server has forgotten. */
const FORGOTTEN: ReadonlySet<number | undefined> = new Set([400, 404, 410, 422]);

const notAdvancing = ({ stream, context }: SliceRead): Error =>
  streamError('pages_stuck', {
    what: `${stream} of location ${context.locationId}`,
    repeated: 'rows',
  });

interface Walk {
  readonly read: SliceRead;
  readonly options: PagesOptions;
  readonly tally: PageTally;
  /** The later ones are read page after page. */
  readonly isFirst: boolean;
  /** On the last walk there is no other one to hope for. */
  readonly isLast: boolean;
}

/** @returns undefined when the server has forgotten where the page begins, so that the list has to be read anew */
const fetchUnlessForgotten = async (
  { read, tally, isLast }: Walk,
  paging: JsonObject,
): Promise<EndpointPage | undefined> => {
  try {
    return await fetchEndpointPage(read, paging);
  } catch (thrown) {
    const mayBeForgotten = !isLast && tally.pages() > 0 && read.endpoint.paginator?.expires === true;
    const isForgotten =
      thrown instanceof ConnectorError && thrown.access === undefined && FORGOTTEN.has(thrown.status);
    if (mayBeForgotten && isForgotten) return undefined;
    throw thrown;
  }
};

/** Rows that are wanted, and were not emitted before. */
const wantedOf = (rows: readonly JsonObject[], { takes = () => true, seen }: PagesOptions): JsonObject[] =>
  rows.filter((row) => takes(row) && seen?.add(idOf(row)) !== false);

/** Why a page is not taken: a first page of more rows than are wanted, or of fewer than there are and no next one to ask for. */
const refusal = (
  { isGone, rows, total }: EndpointPage,
  { read, options, tally }: Walk,
): PagesEvent | undefined => {
  if (isGone) return { kind: 'gone' };
  const { mostRows, cuts } = options;
  if (mostRows === undefined || tally.pages() > 0) return undefined;
  const size = total ?? rows.length;
  const isUnpaged = read.endpoint.paginator === undefined;
  const isCutShort = isUnpaged && cuts?.isCut(rows.length, total) === true;
  return size > mostRows || isCutShort
    ? { kind: 'too_large', size, sample: rows.slice(0, SAMPLE_ROWS) }
    : undefined;
};

const tellCount = ({ options, tally, isFirst }: Walk, { total }: EndpointPage): void => {
  if (isFirst && tally.pages() === 0 && total !== undefined) options.expects?.(total);
};

/** Gives the rows of a page that follows those before it. @returns the parameters of the next one; undefined at the end */
function* takePage(walk: Walk, page: EndpointPage): Generator<PagesEvent, JsonObject | undefined> {
  const { read, options, tally } = walk;
  try {
    const refused = refusal(page, walk);
    if (refused !== undefined) {
      // Whoever hears of it asks for other pages, and must not wait for the memory of this one.
      page.release();
      yield refused;
      return undefined;
    }
    tellCount(walk, page);
    const { fresh, verdict } = tally.take(page.rows, page.total);
    if (verdict === 'stuck') throw notAdvancing(read);
    const position = { rows: page.rows, body: page.body, offset: tally.offset(), pages: tally.pages() };
    const next = verdict === 'end' ? undefined : read.endpoint.paginator?.next(position);
    const rows = wantedOf(fresh, options);
    fresh.length = 0;
    yield rowsOrAlive(rows, page.release);
    return next;
  } finally {
    page.release();
  }
}

/**
 * Reads several pages behind the first one at once, if they can be named.
 * @returns the parameters of the page behind them; undefined where they leave in doubt whether there was more between them
 */
async function* takeAhead(
  { read, options, tally, isFirst }: Walk,
  next: JsonObject,
  size: { readonly length: number; readonly total: number | undefined },
): AsyncGenerator<PagesEvent, JsonObject | undefined> {
  const { paginator } = read.endpoint;
  const { atOnce = 1 } = options;
  if (!isFirst || atOnce < 2 || tally.pages() !== 1 || paginator?.holdsPlace !== false) return next;
  for await (const { rows, release } of readAhead(read, pagesAhead(paginator, size), { tally, atOnce })) {
    yield rowsOrAlive(wantedOf(rows, options), release);
  }
  if (!tally.joinAhead()) return undefined;
  return paginator.next({ rows: [], body: null, offset: tally.offset(), pages: tally.pages() });
}

/** Reads the pages once, from the first to the last. @returns false if it had to break off */
async function* walkPages(walk: Walk): AsyncGenerator<PagesEvent, boolean> {
  const { read } = walk;
  const asked = createIdSet();
  let paging: JsonObject | undefined = read.endpoint.paginator?.first ?? {};
  while (paging !== undefined) {
    // The same place asked for twice would be asked for for ever.
    if (!asked.add(JSON.stringify(paging))) throw notAdvancing(read);
    const page = await fetchUnlessForgotten(walk, paging);
    if (page === undefined) return false;
    const size = { length: page.rows.length, total: page.total };
    paging = yield* takePage(walk, page);
    if (paging === undefined) return true;
    paging = yield* takeAhead(walk, paging, size);
  }
  return false;
}

/**
 * Reads a list to its end. Lists that are paged by counting shift when rows come and go, so their pages overlap and the
 * distinct rows are compared with the answers' total; a list that is short is read again. The pages of such a list may be
 * read at once, as far as its first answer says that there are some.
 */
export async function* readPages(read: SliceRead, options: PagesOptions): AsyncGenerator<PagesEvent, void> {
  const { stream, context, endpoint } = read;
  for (let walk = 1; ; walk += 1) {
    const tally = createPageTally(endpoint.paginator);
    const isThrough = yield* walkPages({
      read,
      options,
      tally,
      isFirst: walk === 1,
      isLast: walk === MOST_WALKS,
    });
    if (isThrough && (tally.pages() === 0 || tally.isWhole())) {
      context.counted?.(tally.size(), tally.expected());
      return;
    }
    const place = `${stream} of location ${context.locationId}`;
    if (walk === MOST_WALKS) {
      const problem =
        tally.size() < tally.expected()
          ? `HighLevel counts ${tally.expected()} rows but gives ${tally.size()}; the others cannot be read`
          : 'the list changed each time it was read, so that rows may be missing';
      context.counted?.(tally.size(), tally.expected());
      context.log.warn(`${place}: ${problem}.`);
      yield { kind: 'gap' };
      return;
    }
    context.log.info(`${place}: the list changed while it was read; reading it again.`);
  }
}
