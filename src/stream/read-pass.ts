import type { JsonObject } from '../foundation/json.ts';
import { createCutWatch } from './cut-watch.ts';
import { createIdSet } from './id-set.ts';
import type { ReadContext } from './read-context.ts';
import { type ReadEvent, rowsOrAlive } from './read-event.ts';
import { readWindow, type WindowRead, type WindowsStream } from './read-window.ts';
import type { WindowPass } from './window-cursor.ts';
import { createWindowLength } from './window-length.ts';

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

/** What a window was found to hold. */
type WindowFinding =
  | { readonly tooLarge: number }
  | { readonly tooLarge: undefined; readonly rows: number; readonly hasGap: boolean };

async function* readOne(
  stream: WindowsStream,
  read: WindowRead,
  isWanted: PassPlan['isWanted'],
): AsyncGenerator<ReadEvent, WindowFinding> {
  let rows = 0;
  let hasGap = false;
  for await (const event of readWindow(stream, read)) {
    if (event.kind === 'too_large') return { tooLarge: event.size };
    if (event.kind === 'gap') hasGap = true;
    if (event.kind === 'rows') rows += event.rows.length;
    yield event.kind === 'rows' ? rowsOrAlive(event.rows.filter(isWanted), event.release) : event;
  }
  return { tooLarge: undefined, rows, hasGap };
}

/** Reads closed windows in ascending time, with a checkpoint after each. A window that is too large is made shorter. */
export async function* readPass(
  { stream, context, parents }: PassRead,
  { pass, isWanted, cursorAt }: PassPlan,
): AsyncGenerator<ReadEvent, PassEnd> {
  const length = createWindowLength(stream.retrieval, pass.next);
  const cuts = createCutWatch();
  let { next, hasGap } = pass;
  let seen = createIdSet();
  // Rows up to here may have been emitted by a window that was too large.
  let seenUntil = next;
  while (next < pass.until) {
    const end = seenUntil > next ? seenUntil : pass.until;
    const window = { since: next, before: Math.min(pass.until, end, next + length.ms()) };
    const finding = yield* readOne(stream, { window, parents, context, seen, cuts }, isWanted);
    if (finding.tooLarge !== undefined) {
      length.wasTooLarge(window, finding.tooLarge);
      seenUntil = Math.max(seenUntil, window.before);
      continue;
    }
    next = window.before;
    hasGap ||= finding.hasGap;
    if (next >= seenUntil) seen = createIdSet();
    length.held(finding.rows);
    yield { kind: 'checkpoint', cursor: cursorAt({ ...pass, next, hasGap }) };
    if (next < pass.until && context.isOver()) return { isThrough: false, hasGap };
  }
  return { isThrough: true, hasGap };
}
