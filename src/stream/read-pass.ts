import type { JsonObject } from '../foundation/json.ts';
import { daysToMs } from './days.ts';
import type { ReadContext } from './read-context.ts';
import { type ReadEvent, rowsOrAlive } from './read-event.ts';
import { readWindow, type WindowsStream } from './read-window.ts';
import type { WindowPass } from './window-cursor.ts';

/** Before this there is little, and it is read as one window. */
const ORIGIN = Date.UTC(2014, 0, 1);
const FIRST_LENGTH_MS = daysToMs(366);
const LONGEST_MS = daysToMs(2 * 366);
/** Rows between two checkpoints. */
const ROWS_WANTED = 2_000;
/** A window that was nearly empty makes the next one this much longer at most. */
const MOST_GROWTH = 4;

/** The next window's length, so that it holds about as many rows as wanted. */
const nextLength = (lengthMs: number, rows: number, shortestMs: number): number => {
  const fitting = lengthMs * Math.min(MOST_GROWTH, ROWS_WANTED / Math.max(rows, 1));
  return Math.round(Math.min(LONGEST_MS, Math.max(shortestMs, fitting)));
};

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
  /** False if rows may be missing. */
  readonly isWhole: boolean;
}

/** Reads closed windows in ascending time, with a checkpoint after each. */
export async function* readPass(
  { stream, context, parents }: PassRead,
  { pass, isWanted, cursorAt }: PassPlan,
): AsyncGenerator<ReadEvent, PassEnd> {
  const { shortestMs } = stream.retrieval;
  let lengthMs = FIRST_LENGTH_MS;
  let { next } = pass;
  let isWhole = true;
  while (next < pass.until) {
    const window = { since: next, before: Math.min(pass.until, Math.max(ORIGIN, next + lengthMs)) };
    let rows = 0;
    for await (const event of readWindow(stream, { window, parents, context })) {
      if (event.kind === 'gap') isWhole = false;
      if (event.kind === 'rows') rows += event.rows.length;
      yield event.kind === 'rows' ? rowsOrAlive(event.rows.filter(isWanted), event.release) : event;
    }
    next = window.before;
    lengthMs = nextLength(lengthMs, rows, shortestMs);
    yield { kind: 'checkpoint', cursor: cursorAt({ ...pass, next }) };
    if (next < pass.until && context.isOver()) return { isThrough: false, isWhole };
  }
  return { isThrough: true, isWhole };
}
