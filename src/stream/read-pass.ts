import type { JsonObject } from '../foundation/json.ts';
import { createCutWatch } from './cut-watch.ts';
import { daysToMs } from './days.ts';
import type { TimeWindow } from './endpoint.ts';
import { createIdSet } from './id-set.ts';
import type { ReadContext } from './read-context.ts';
import { type ReadEvent, rowsOrAlive } from './read-event.ts';
import { readWindow, type WindowRead, type WindowsStream } from './read-window.ts';
import type { WindowPass } from './window-cursor.ts';

/** HighLevel began then: what is older was imported, and is little. */
const ORIGIN = Date.UTC(2018, 0, 1);
const FIRST_LENGTH_MS = daysToMs(366);
const LONGEST_MS = daysToMs(10 * 366);
/** An answer without pages is as large as its window. */
const FIRST_UNPAGED_MS = daysToMs(92);
const LONGEST_UNPAGED_MS = daysToMs(366);
/** Rows between two checkpoints. */
const ROWS_WANTED = 2_000;
/** Of a window that is a single page, so that the next one is not too large. */
const FILL_WANTED = 0.6;
/** A window that was nearly empty makes the next one this much longer at most. */
const MOST_GROWTH = 4;

/** Chooses how long the windows of a pass are, so that each holds about as many rows as wanted. Epoch ms. */
const createWindowLength = ({ retrieval }: WindowsStream, from: number) => {
  const { endpoint, shortestMs, mostRows } = retrieval;
  const isUnpaged = endpoint.paginator === undefined;
  const longestMs = isUnpaged ? LONGEST_UNPAGED_MS : LONGEST_MS;
  const wanted = isUnpaged ? Math.min(ROWS_WANTED, mostRows * FILL_WANTED) : ROWS_WANTED;
  let lengthMs = Math.max(ORIGIN - from, isUnpaged ? FIRST_UNPAGED_MS : FIRST_LENGTH_MS);
  return {
    ms: () => lengthMs,
    /** A window was read and held so many rows. */
    held: (rows: number): void => {
      const fitting = lengthMs * Math.min(MOST_GROWTH, wanted / Math.max(rows, 1));
      lengthMs = Math.round(Math.min(longestMs, Math.max(shortestMs, fitting)));
    },
    /** A window of so many rows was too large. */
    wasTooLarge: (window: TimeWindow, size: number): void => {
      // Rows are not spread evenly: some less than would just fit.
      const fitting = (window.before - window.since) * Math.min(0.5, (0.7 * mostRows) / size);
      lengthMs = Math.round(Math.max(shortestMs, fitting));
    },
  };
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
  const length = createWindowLength(stream, pass.next);
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
