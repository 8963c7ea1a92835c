import type { JsonObject } from '../foundation/json.ts';
import { mergeBounded } from '../foundation/merge.ts';
import { createCutWatch, type CutWatch } from './cut-watch.ts';
import type { ReadContext } from './read-context.ts';
import { type ReadEvent, rowsOrAlive } from './read-event.ts';
import { readWindow, type WindowsStream } from './read-window.ts';
import { type Lanes, shareLanes } from './share-lanes.ts';
import type { CutWindow } from './uncut-time.ts';
import type { WindowPass } from './window-cursor.ts';
import { createWindowQueue, type WindowQueue } from './window-queue.ts';

interface PassRead {
  readonly stream: WindowsStream;
  readonly context: ReadContext;
  /** Whom the endpoint is asked for; one without a name where it needs none. */
  readonly parents: readonly (JsonObject | undefined)[];
}

interface PassPlan {
  readonly pass: WindowPass;
  /** Rows that are emitted. */
  readonly isWanted: (row: JsonObject) => boolean;
  /** The state once the pass is at a place. */
  readonly cursorAt: (pass: WindowPass) => JsonObject;
}

/** How a pass ended. */
export interface PassEnd {
  /** False if the sync's time was over before. */
  readonly isThrough: boolean;
  /** True if rows may be missing. */
  readonly hasGap: boolean;
}

/** What a lane says; `read`: everything of the window has come. */
type LaneEvent =
  | ReadEvent
  | {
      readonly kind: 'read';
      readonly taken: CutWindow;
      readonly rows: number;
      readonly hasGap: boolean;
    };

interface Lane extends PassRead, Pick<PassPlan, 'isWanted'> {
  readonly queue: WindowQueue;
  readonly cuts: CutWatch;
  readonly lanes: Lanes;
}

async function* readOne(
  { stream, isWanted, queue, ...read }: Lane,
  taken: CutWindow,
): AsyncGenerator<LaneEvent, void> {
  const { window, seen } = taken;
  let rows = 0;
  let hasGap = false;
  for await (const event of readWindow(stream, { ...read, window, seen })) {
    if (event.kind === 'too_large') {
      queue.wasTooLarge(taken, event.size);
      return;
    }
    if (event.kind === 'gap') hasGap = true;
    if (event.kind === 'rows') rows += event.rows.length;
    yield event.kind === 'rows' ? rowsOrAlive(event.rows.filter(isWanted), event.release) : event;
  }
  yield { kind: 'read', taken, rows, hasGap };
}

/** One lane: reads window after window until nothing is left. */
async function* readInLane(lane: Lane): AsyncGenerator<LaneEvent, void> {
  const { queue } = lane;
  let isThrough = false;
  try {
    for (let taken = await queue.take(); taken !== undefined; taken = await queue.take()) {
      yield* readOne(lane, taken);
    }
    isThrough = true;
  } finally {
    // The others may wait for what becomes of its window.
    if (!isThrough) queue.close();
  }
}

/**
 * Reads closed windows in ascending time, several at once, with a checkpoint when those before a window's end have all
 * been read. A window that is too large is made shorter.
 */
export async function* readPass(
  { stream, context, parents }: PassRead,
  { pass, isWanted, cursorAt }: PassPlan,
): AsyncGenerator<ReadEvent, PassEnd> {
  const { endpoint } = stream.retrieval;
  const queue = createWindowQueue(stream.retrieval, pass, context.isOver);
  const lanes = shareLanes(context.parallel, { lists: parents.length * endpoint.passes.length, endpoint });
  const cuts = createCutWatch();
  const readers = Array.from(
    { length: lanes.groups },
    () => () => readInLane({ stream, context, parents, isWanted, queue, cuts, lanes }),
  );
  for await (const event of mergeBounded(readers, lanes.groups)) {
    if (event.kind !== 'read') {
      yield event;
      continue;
    }
    if (!queue.wasRead(event.taken, event)) continue;
    yield { kind: 'checkpoint', cursor: cursorAt({ ...pass, ...queue.progress() }) };
  }
  const { next, hasGap } = queue.progress();
  return { isThrough: next >= pass.until, hasGap };
}
