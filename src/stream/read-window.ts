import type { JsonObject } from '../foundation/json.ts';
import { streamError } from './stream-errors.ts';
import { mergeBounded } from '../foundation/merge.ts';
import { daysToMs } from './days.ts';
import type { StreamReadBy } from './definition.ts';
import type { TimeWindow } from './endpoint.ts';
import type { CutWatch } from './cut-watch.ts';
import type { IdSet } from './id-set.ts';
import type { ReadContext } from './read-context.ts';
import { type ReadEvent, rowsOrAlive } from './read-event.ts';
import { readPages } from './read-pages.ts';
import { idOf } from './row-id.ts';
import type { Lanes } from './share-lanes.ts';

export type WindowsStream = StreamReadBy<'windows'>;

/** What to read of which location. */
export interface WindowRead {
  readonly window: TimeWindow;
  /** Whom the endpoint is asked for; one without a name where it needs none. */
  readonly parents: readonly (JsonObject | undefined)[];
  readonly context: ReadContext;
  /** Rows that were emitted already and are not to come again; those that come are added. */
  readonly seen: IdSet;
  /** Of the whole pass. */
  readonly cuts: CutWatch;
  /** Default: a list is read page after page, and as many lists at once as requests may be under way. */
  readonly lanes?: Pick<Lanes, 'lists' | 'pages'>;
}

/** Besides rows: the window holds more than its pages may, and was not read to its end. */
export type WindowEvent =
  Exclude<ReadEvent, { kind: 'checkpoint' }> | { readonly kind: 'too_large'; readonly size: number };

/** Bounds may be coarser than what was asked for: days in a time zone that we do not know. */
const SLACK_MS = daysToMs(3);

/**
 * Reads the rows of one closed window, of all parents. Rows that the API gives besides, because its bounds are coarser,
 * are left to their own windows. Rows that do not say their time are taken as they come, and so are those whose time lies
 * far off: it is not the one that the API goes by, and no other window would bring them. Ends when a window that could
 * be shorter turns out to be too large.
 *
 * @throws ConnectorError (system_error) when it is too large because the API does not heed what was asked for
 */
export async function* readWindow(
  { name, scope, retrieval }: WindowsStream,
  { window, parents, context, seen, cuts, lanes = { lists: context.parallel, pages: 1 } }: WindowRead,
): AsyncGenerator<WindowEvent, void> {
  const { by, endpoint, shortestMs } = retrieval;
  const { locationId } = context;
  const isInside = (row: JsonObject): boolean => {
    const at = by.valueOf(row);
    return at === undefined || (at >= window.since && at < window.before);
  };
  const isFarOff = (row: JsonObject): boolean => {
    const at = by.valueOf(row);
    return at !== undefined && (at < window.since - SLACK_MS || at >= window.before + SLACK_MS);
  };
  const mayBeShorter = window.before - window.since >= 2 * shortestMs;
  const mostRows = mayBeShorter ? retrieval.mostRows : undefined;
  const slices = parents.flatMap((parent) =>
    endpoint.passes.map((pass) => {
      const slice = { locationId, parent, window };
      const takes = (row: JsonObject): boolean => isInside(row) || isFarOff(row);
      const options = { mostRows, cuts, takes, atOnce: lanes.pages };
      return () => readPages({ stream: name, scope, endpoint, slice, pass, context }, options);
    }),
  );
  for await (const event of mergeBounded(slices, lanes.lists)) {
    // A parent that was deleted meanwhile has nothing to read.
    if (event.kind === 'gone') continue;
    if (event.kind === 'rows') {
      // Not before: what other parents have been answered when one is too large is dropped, and has to come again.
      const rows = event.rows.filter((row) => seen.add(idOf(row)));
      yield rowsOrAlive(rows, event.release);
      continue;
    }
    if (event.kind !== 'too_large') {
      yield event;
      continue;
    }
    // Then a shorter window would hold no less.
    if (event.sample.length > 0 && event.sample.every(isFarOff)) {
      throw streamError('window_ignored', { stream: name });
    }
    yield { kind: 'too_large', size: event.size };
    return;
  }
}
