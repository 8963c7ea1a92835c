import type { JsonObject } from '../foundation/json.ts';
import { mergeBounded } from '../foundation/merge.ts';
import type { StreamReadBy } from './definition.ts';
import type { Pass, TimeWindow } from './endpoint.ts';
import { createIdSet, type IdSet } from './id-set.ts';
import type { ReadContext } from './read-context.ts';
import { type ReadEvent, rowsOrAlive } from './read-event.ts';
import { readPages } from './read-pages.ts';

export type WindowsStream = StreamReadBy<'windows'>;

/** Parents asked at once: a calendar more or less must not make a location slow. */
const PARENTS_AT_ONCE = 4;

const MOST_PIECES = 16;

/** The window in so many pieces that each should hold what it may; rows are not spread evenly, so some more. */
const piecesOf = (
  { since, before }: TimeWindow,
  crowding: number,
  shortestMs: number,
): readonly TimeWindow[] => {
  const span = before - since;
  const wanted = Math.min(MOST_PIECES, Math.ceil(crowding * 1.5), Math.floor(span / shortestMs));
  const pieces = Math.max(2, wanted);
  const edge = (piece: number): number => since + Math.round((span * piece) / pieces);
  return Array.from({ length: pieces }, (_, piece) => ({ since: edge(piece), before: edge(piece + 1) }));
};

/** Reads one window of one parent; a window that holds too much is cut in pieces. */
async function* readCut(
  stream: WindowsStream,
  part: { readonly parent: JsonObject | undefined; readonly pass: Pass; readonly window: TimeWindow },
  { context, seen }: { readonly context: ReadContext; readonly seen: IdSet },
): AsyncGenerator<ReadEvent, void> {
  const { name, scope, retrieval } = stream;
  const { endpoint, shortestMs } = retrieval;
  const { parent, pass, window } = part;
  const mayBeCut = window.before - window.since >= 2 * shortestMs;
  const slice = { locationId: context.locationId, parent, window };
  const pages = readPages(
    { stream: name, scope, endpoint, slice, pass, context },
    { seen, mostRows: mayBeCut ? retrieval.mostRows : undefined },
  );
  for await (const event of pages) {
    if (event.kind === 'too_large') {
      for (const piece of piecesOf(window, event.size / retrieval.mostRows, shortestMs)) {
        yield* readCut(stream, { ...part, window: piece }, { context, seen });
      }
      return;
    }
    // A parent that was deleted meanwhile has nothing to read.
    if (event.kind !== 'gone') yield event;
  }
}

/**
 * Reads the rows of one closed window, of all parents. Rows that the API gives besides, because its bounds are coarser,
 * are left to their own windows; rows that do not say their time are taken as they come.
 */
export async function* readWindow(
  stream: WindowsStream,
  {
    window,
    parents,
    context,
  }: {
    readonly window: TimeWindow;
    readonly parents: readonly (JsonObject | undefined)[];
    readonly context: ReadContext;
  },
): AsyncGenerator<ReadEvent, void> {
  const { by, endpoint } = stream.retrieval;
  const seen = createIdSet();
  const isInside = (row: JsonObject): boolean => {
    const at = by.valueOf(row);
    return at === undefined || (at >= window.since && at < window.before);
  };
  const slices = parents.flatMap((parent) =>
    endpoint.passes.map((pass) => () => readCut(stream, { parent, pass, window }, { context, seen })),
  );
  for await (const event of mergeBounded(slices, PARENTS_AT_ONCE)) {
    yield event.kind === 'rows' ? rowsOrAlive(event.rows.filter(isInside), event.release) : event;
  }
}
