import { systemError } from '../foundation/errors.ts';
import type { JsonObject } from '../foundation/json.ts';
import { mergeBounded } from '../foundation/merge.ts';
import type { ChildrenRetrieval, StreamReadBy } from './definition.ts';
import { createIdSet } from './id-set.ts';
import { keepOf } from './parents.ts';
import type { ReadContext } from './read-context.ts';
import { type ReadEvent, rowsOrAlive, type RowsEvent } from './read-event.ts';
import { readPages } from './read-pages.ts';

export type ChildrenStream = StreamReadBy<'children'>;
type RequestedRows = Extract<ChildrenRetrieval['rows'], { from: 'request' }>;

/** Parents whose children are asked for at once. */
const PARENTS_AT_ONCE = 4;
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
}

type ChildEvent = ReadEvent | { readonly kind: 'gone' };

async function* readOfParent(
  { stream: { name, scope }, requested, context }: ChildrenRead,
  parent: JsonObject,
): AsyncGenerator<ChildEvent, void> {
  const { endpoint, of = (row: JsonObject) => [row] } = requested;
  const slice = { locationId: context.locationId, parent };
  const seen = createIdSet();
  for (const pass of endpoint.passes) {
    const pages = readPages({ stream: name, scope, endpoint, slice, pass, context }, { seen });
    for await (const event of pages) {
      if (event.kind === 'too_large') continue;
      yield event.kind === 'rows'
        ? rowsOrAlive(
            event.rows.flatMap((row) => of(row, parent)),
            event.release,
          )
        : event;
    }
  }
}

/** The children of some parents. A parent that was deleted meanwhile is passed over; if all of many were, that is an error. */
async function* readOfParents(
  read: ChildrenRead,
  parents: readonly JsonObject[],
): AsyncGenerator<ReadEvent, void> {
  const { stream, context } = read;
  let gone = 0;
  const readers = parents.map((parent) => () => readOfParent(read, parent));
  for await (const event of mergeBounded(readers, PARENTS_AT_ONCE)) {
    if (event.kind === 'gone') gone += 1;
    else yield event;
  }
  if (gone === 0) return;
  context.log.info(
    `Location ${context.locationId}: ${gone} of ${parents.length} that ${stream.name} belong to are gone.`,
  );
  if (gone >= SUSPICIOUS && gone >= parents.length) {
    throw systemError(
      `HighLevel says of everything that ${stream.name} belong to that it does not exist, though it has just listed it.`,
    );
  }
}

/**
 * Reads the children of the rows that come from the parents' reader. Parents are drained before their children are asked
 * for: lists that are paged by counting to their end, because they shift meanwhile, others up to each checkpoint. What is
 * kept of them is small. A checkpoint of the parents goes out behind their children.
 */
export async function* readChildren(
  stream: ChildrenStream,
  parents: AsyncGenerator<ReadEvent, void>,
  context: ReadContext,
): AsyncGenerator<ReadEvent, void> {
  const { rows, of: parentStream } = stream.retrieval;
  if (rows.from === 'parent') {
    for await (const event of parents) yield event.kind === 'rows' ? childrenIn(event, rows.of) : event;
    return;
  }
  const read = { stream, requested: rows, context };
  const { asks = () => true } = rows;
  const keep = keepOf(rows.keep);
  const isShifting = parentStream.retrieval.kind === 'list';
  const kept: JsonObject[] = [];
  for await (const event of parents) {
    if (event.kind === 'rows') {
      kept.push(...event.rows.filter(asks).map(keep));
      event.release?.();
      if (!isShifting && kept.length >= MOST_PARENTS) yield* readOfParents(read, kept.splice(0));
      continue;
    }
    if (event.kind === 'checkpoint') yield* readOfParents(read, kept.splice(0));
    yield event;
  }
  yield* readOfParents(read, kept);
}
