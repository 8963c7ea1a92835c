import { createAscendingRun } from './ascending-run.ts';
import type { JsonObject } from '../foundation/json.ts';
import type { SearchStream } from './definition.ts';
import { anyOf, inRange, isMissing } from './filters.ts';
import type { IncrementalCursor } from './location-cursor.ts';
import type { SearchEvent, SearchRead } from './search-read.ts';
import { type FetchPage, holdsTotal, type SearchPage } from './search-page.ts';
import { walkCreated } from './walk-created.ts';
import { type PiecesStep, walkInPieces } from './walk-in-pieces.ts';

export interface ChangesWindow {
  /** Epoch ms, inclusive. */
  readonly since: number;
  /** Epoch ms, exclusive. */
  readonly before: number;
}

/** What an incremental read asks for: it begins some time before its cursor, because indexes lag. */
export const changesWindow = (
  { updated }: IncrementalCursor,
  lookbackMs: number,
  until: number,
): ChangesWindow => ({ since: updated - lookbackMs, before: until });

/** The filters of its first search, which may bring everything: rows changed or made in the window. */
export const changedFilters = ({ retrieval }: SearchStream, window: ChangesWindow): readonly JsonObject[] => [
  anyOf(inRange(retrieval, retrieval.updated, window), inRange(retrieval, retrieval.created, window)),
];

/** The cursor once the rows up to `value` are read: it never goes back, and never beyond the window. */
const reachedBy = (
  cursor: IncrementalCursor,
  { before }: ChangesWindow,
  value: number | undefined,
): IncrementalCursor => ({
  ...cursor,
  created: undefined,
  updated: Math.max(cursor.updated, Math.min(value ?? cursor.updated, before)),
});

/** The events of a walk that began at `cursor`; `cursorAt` says how far it is once the walk has reached an instant. */
async function* events(
  { context }: SearchRead,
  steps: AsyncGenerator<PiecesStep, void>,
  cursor: IncrementalCursor,
  cursorAt: (claimed: number) => IncrementalCursor,
): AsyncGenerator<SearchEvent, void> {
  for await (const { rows, claimed, release } of steps) {
    if (rows.length > 0) yield { kind: 'rows', rows, release };
    yield { kind: 'checkpoint', cursor: claimed === undefined ? cursor : cursorAt(claimed) };
    if (context.isOver()) return;
  }
}

/** Rows that count by creation time: they carry no update time, or one from before they were made (an import). */
const readCreated = (
  read: SearchRead,
  fetch: FetchPage,
  cursor: IncrementalCursor,
  { since, before }: ChangesWindow,
): AsyncGenerator<SearchEvent, void> => {
  const { stream, lookbackMs } = read;
  const { updated } = stream.retrieval;
  const steps = walkCreated(read, fetch, {
    pieces: [
      { span: { since: Math.max(since, (cursor.created ?? since) - lookbackMs), before }, resume: undefined },
    ],
    filters: [anyOf(isMissing(updated), inRange(stream.retrieval, updated, { before: since }))],
  });
  return events(read, steps, cursor, (reached) => ({ ...cursor, created: reached }));
};

const readUpdated = (
  read: SearchRead,
  fetch: FetchPage,
  cursor: IncrementalCursor,
  { window, since }: { readonly window: ChangesWindow; readonly since: number },
): AsyncGenerator<SearchEvent, void> => {
  const { stream, context } = read;
  const { retrieval, name } = stream;
  const steps = walkInPieces(
    {
      purpose: `${name} of location ${context.locationId}`,
      key: retrieval.updated,
      filters: (part) => [inRange(retrieval, retrieval.updated, part)],
      pieces: [{ span: { since, before: window.before }, resume: undefined }],
    },
    { ...context, fetch, retrieval, lanes: context.parallel },
  );
  return events(read, steps, cursor, (reached) => reachedBy(cursor, window, reached));
};

/** Whether a first page is all there is; an empty one that counts rows has not given them. */
const isComplete = (page: SearchPage): boolean =>
  page.rows.length === 0 ? (page.total ?? 0) === 0 : holdsTotal(page);

/**
 * Reads what changed since the cursor (less the lookback) and before `until`, the server's time. One request when it
 * all fits into a page. If it does not, the rows that count by creation time come first, with a checkpoint of their
 * own, because a checkpoint by update time covers them too.
 */
export async function* changes(
  read: SearchRead,
  fetch: FetchPage,
  cursor: IncrementalCursor,
  until: number,
): AsyncGenerator<SearchEvent, void> {
  const { stream, lookbackMs, context } = read;
  const { retrieval } = stream;
  const window = changesWindow(cursor, lookbackMs, until);
  if (window.since >= until) {
    context.log.warn(
      `Location ${context.locationId}: the state of ${stream.name} lies in the future, so there is nothing to read.`,
    );
    return;
  }
  const run = createAscendingRun(retrieval.updated);
  const page = await fetch({
    filters: changedFilters(stream, window),
    sortField: retrieval.updated.field,
    after: undefined,
  });
  try {
    page.rows.forEach(run.observe);
    // Before they are taken: whoever takes them gives them back.
    const { length } = page.rows;
    context.expects?.(page.total ?? 0);
    const isAll = isComplete(page);
    if (length > 0) yield { kind: 'rows', rows: page.rows, release: page.release };
    if (isAll) {
      context.counted?.(length, page.total ?? 0);
      yield { kind: 'checkpoint', cursor: reachedBy(cursor, window, run.highest()) };
      return;
    }
  } finally {
    page.release();
  }
  // They bring what has been counted already.
  const rest = { ...read, context: { ...context, expects: undefined } };
  yield* readCreated(rest, fetch, cursor, window);
  if (context.isOver()) return;
  // What the first page held in ascending order is read, but for the rows of its last instant.
  const since = Math.max(window.since, run.isBroken() ? window.since : (run.reached() ?? window.since));
  yield* readUpdated(rest, fetch, cursor, { window, since });
}
