import { streamError } from './stream-errors.ts';
import type { JsonObject } from '../foundation/json.ts';
import { mergeBounded } from '../foundation/merge.ts';
import type { ChildrenRetrieval, StreamReadBy } from './definition.ts';
import { createIdSet } from './id-set.ts';
import { keepOf } from './parents.ts';
import type { ReadContext } from './read-context.ts';
import { type ReadEvent, rowsOrAlive, type RowsEvent } from './read-event.ts';
import { readPages } from './read-pages.ts';
import { idOf } from './row-id.ts';
import { shareLanes } from './share-lanes.ts';

export type ChildrenStream = StreamReadBy<'children'>;
type RequestedRows = Extract<ChildrenRetrieval['rows'], { from: 'request' }>;

/** Parents in memory at most, where it does no harm to stop in the middle of them. */
const MOST_PARENTS = 1_000;
/** So many parents that are all gone are no coincidence. */
const SUSPICIOUS = 5;

const childrenIn = (event: RowsEvent, of: (parent: JsonObject) => readonly JsonObject[]): ReadEvent =>
  rowsOrAlive(event.rows.flatMap(of), event.release);

interface ChildrenRead {
  readonly stream: ChildrenStream;
  readonly requested: RequestedRows;
  readonly context: ReadContext;
  /** Parents of this read that were asked for, and that do not exist any more. */
  readonly tally: { asked: number; gone: number };
  /** Ids of the rows that were emitted, where several parents may share one. No hashes: two that look alike would lose a row. */
  readonly emitted: Set<string> | undefined;
}

type ChildEvent = ReadEvent | { readonly kind: 'gone' };

/** Those that were not emitted before. */
const newIn = (rows: JsonObject[], { emitted }: ChildrenRead): JsonObject[] =>
  emitted === undefined ? rows : rows.filter((row) => emitted.size < emitted.add(idOf(row)).size);

async function* readOfParent(
  read: ChildrenRead,
  parent: JsonObject,
  atOnce: number,
): AsyncGenerator<ChildEvent, void> {
  const { stream, requested, context } = read;
  const { name, scope } = stream;
  const { endpoint, of = (row: JsonObject) => [row] } = requested;
  const slice = { locationId: context.locationId, parent };
  const seen = createIdSet();
  for (const pass of endpoint.passes) {
    const pages = readPages({ stream: name, scope, endpoint, slice, pass, context }, { seen, atOnce });
    for await (const event of pages) {
      if (event.kind === 'too_large') continue;
      yield event.kind === 'rows'
        ? rowsOrAlive(
            newIn(
              event.rows.flatMap((row) => of(row, parent)),
              read,
            ),
            event.release,
          )
        : event;
      if (event.kind === 'gone') return;
    }
  }
}

/**
 * The children of some parents. A parent that was deleted meanwhile is passed over; if all of many were, that is an error.
 * @returns whether children may be missing
 */
async function* readOfParents(
  read: ChildrenRead,
  parents: readonly JsonObject[],
): AsyncGenerator<ReadEvent, boolean> {
  const { stream, requested, context, tally } = read;
  let hasGap = false;
  tally.asked += parents.length;
  const { lists, pages } = shareLanes(context.parallel, {
    groups: 1,
    lists: parents.length,
    endpoint: requested.endpoint,
  });
  const readers = parents.map((parent) => () => readOfParent(read, parent, pages));
  for await (const event of mergeBounded(readers, lists)) {
    if (event.kind === 'gap') hasGap = true;
    if (event.kind === 'gone') tally.gone += 1;
    else yield event;
  }
  if (tally.gone >= SUSPICIOUS && tally.gone === tally.asked) {
    throw streamError('parents_denied', { stream: stream.name });
  }
  return hasGap;
}

/**
 * Parents are drained before their children are asked for: lists that are paged by counting to their end, because they
 * shift meanwhile, others up to each checkpoint. What is kept of them is small.
 */
async function* readRequested(
  read: ChildrenRead,
  parents: AsyncGenerator<ReadEvent, void>,
): AsyncGenerator<ReadEvent, void> {
  const { asks = () => true } = read.requested;
  const keep = keepOf(read.requested.keep);
  const isShifting = read.stream.retrieval.of.retrieval.kind === 'list';
  const kept: JsonObject[] = [];
  const found = { gap: false };
  async function* readKept(): AsyncGenerator<ReadEvent, void> {
    const isMissing = yield* readOfParents(read, kept.splice(0));
    found.gap ||= isMissing;
  }
  for await (const event of parents) {
    if (event.kind === 'rows') {
      kept.push(...event.rows.filter(asks).map(keep));
      event.release?.();
      if (!isShifting && kept.length >= MOST_PARENTS) yield* readKept();
      continue;
    }
    if (event.kind === 'checkpoint') yield* readKept();
    // Behind missing children, a checkpoint of the parents would hide them until their parents change.
    if (event.kind !== 'checkpoint' || !found.gap) yield event;
  }
  yield* readKept();
  const { asked, gone } = read.tally;
  if (gone > 0) {
    const { context, stream } = read;
    context.log.info(
      `Location ${context.locationId}: ${gone} of ${asked} that ${stream.name} belong to are gone.`,
    );
  }
}

/**
 * Reads the children of the rows that come from the parents' reader. A checkpoint of the parents goes out behind their
 * children.
 */
export async function* readChildren(
  stream: ChildrenStream,
  parents: AsyncGenerator<ReadEvent, void>,
  context: ReadContext,
): AsyncGenerator<ReadEvent, void> {
  const { rows } = stream.retrieval;
  if (rows.from === 'request') {
    const emitted = rows.isShared === true ? new Set<string>() : undefined;
    yield* readRequested(
      { stream, requested: rows, context, tally: { asked: 0, gone: 0 }, emitted },
      parents,
    );
    return;
  }
  for await (const event of parents) yield event.kind === 'rows' ? childrenIn(event, rows.of) : event;
}
