import type { JsonObject } from '../foundation/json.ts';
import type { TimeWindow } from './endpoint.ts';
import { type DrainedParents, drainParents } from './drain-parents.ts';
import type { LocationRead } from './location-read.ts';
import { planWindows } from './plan-windows.ts';
import type { ReadEvent } from './read-event.ts';
import { readPass } from './read-pass.ts';
import { readRecent } from './read-recent.ts';
import type { WindowsStream } from './read-window.ts';
import {
  parseWindowCursor,
  windowColumn,
  type WindowCursor,
  windowCursorJson,
  type WindowPass,
} from './window-cursor.ts';
import { isNews, isSinceStart } from './window-news.ts';
import { deepSpan, firstSpan, needsDeepPass, trailingSpan } from './window-passes.ts';
import { LAG_MS, windowRange, type WindowRange } from './window-range.ts';

/** What the parts of one read share. */
interface Reading {
  readonly stream: WindowsStream;
  readonly read: LocationRead;
  readonly drained: DrainedParents;
  /** The server's time less the lag. */
  readonly now: number;
  readonly range: WindowRange;
}

/** What a part leaves behind. */
interface Progress {
  readonly cursor: WindowCursor;
  /** False when the sync's time was over before the part's end. */
  readonly isThrough: boolean;
}

type Part = AsyncGenerator<ReadEvent, Progress>;

interface PartPlan {
  /** Under which name the cursor carries the pass. */
  readonly name: 'pass' | 'deep';
  /** The pass that an earlier sync left unfinished, or a new one. */
  readonly pass: WindowPass;
  readonly isWanted: (row: JsonObject) => boolean;
  /** The cursor once the pass is through. */
  readonly afterwards: (hasGap: boolean) => WindowCursor;
}

const jsonOf = ({ stream }: Reading, cursor: WindowCursor): JsonObject =>
  windowCursorJson(cursor, windowColumn(stream.retrieval));

/** A pass that begins now. */
const begin = ({ now, drained }: Reading, { since, before }: TimeWindow): WindowPass => ({
  next: since,
  until: before,
  began: now,
  hasGap: drained.hasGap,
});

/** Reads one pass on behalf of a cursor. */
async function* readPart(
  reading: Reading,
  cursor: WindowCursor,
  { name, pass, isWanted, afterwards }: PartPlan,
): Part {
  const { stream, read, drained } = reading;
  const { isThrough, hasGap } = yield* readPass(
    { stream, context: read.context, parents: drained.parents },
    {
      pass: { ...pass, hasGap: pass.hasGap || drained.hasGap },
      isWanted,
      cursorAt: (at) => jsonOf(reading, { ...cursor, [name]: at }),
    },
  );
  if (!isThrough) return { cursor, isThrough };
  const done: WindowCursor = { ...afterwards(hasGap), [name]: undefined };
  yield { kind: 'checkpoint', cursor: jsonOf(reading, done) };
  return { cursor: done, isThrough };
}

/** The first pass: everything since the start date. Whatever changes meanwhile is the next sync's part. */
async function* readFirst(reading: Reading, cursor: WindowCursor): Part {
  const { stream, read } = reading;
  const { startDate } = read;
  const pass = cursor.pass ?? begin(reading, firstSpan(reading));
  // Windows since the start date do not hold older rows that changed since.
  if (startDate !== undefined && cursor.pass === undefined) yield* readRecent(stream, read, startDate);
  const isWanted = isSinceStart(stream.retrieval, startDate);
  const { began } = pass;
  return yield* readPart(reading, cursor, {
    name: 'pass',
    pass,
    isWanted,
    afterwards: (hasGap) => ({ ...cursor, changed: began, deepBegan: began, hasGap }),
  });
}

/** What is new or changed since the last sync, by the order of change. */
async function* readLatest(reading: Reading, cursor: WindowCursor): Part {
  const { stream, read, now } = reading;
  const { changed = now } = cursor;
  yield* readRecent(stream, read, changed - read.lookbackMs);
  const done = { ...cursor, changed: Math.max(changed, now) };
  yield { kind: 'checkpoint', cursor: jsonOf(reading, done) };
  return { cursor: done, isThrough: true };
}

/** What is new or changed since the last sync, as far as the trailing window tells. */
async function* readTrailing(reading: Reading, cursor: WindowCursor): Part {
  const { stream, read, now, range } = reading;
  const { changed = now } = cursor;
  const span = trailingSpan(cursor, { now, range, lookbackMs: read.lookbackMs });
  const pass = cursor.pass ?? begin(reading, span);
  return yield* readPart(reading, cursor, {
    name: 'pass',
    pass,
    isWanted: isNews(stream.retrieval, {
      since: changed - read.lookbackMs,
      beyond: changed + range.aheadMs - read.lookbackMs,
    }),
    // Rows that may be missing are left to the next pass over everything, which then takes none for old.
    afterwards: (hasGap) => ({
      ...cursor,
      changed: Math.max(changed, pass.began),
      hasGap: hasGap || cursor.hasGap,
    }),
  });
}

/** Everything that the trailing window does not reach, once a week: rows that changed since the last such pass. */
async function* readDeep(reading: Reading, cursor: WindowCursor): Part {
  const { stream, read, now } = reading;
  const { deep, deepBegan, hasGap } = cursor;
  if (!needsDeepPass(cursor, now)) return { cursor, isThrough: true };
  const { isAnew, ...span } = deepSpan(stream.retrieval, cursor, reading);
  const pass = deep ?? begin(reading, span);
  const since = isAnew || deepBegan === undefined ? -Infinity : deepBegan - read.lookbackMs;
  return yield* readPart(reading, cursor, {
    name: 'deep',
    pass,
    isWanted: isNews(stream.retrieval, { since }),
    // A gap that was found since the pass began may lie where it does not reach.
    afterwards: (isIncomplete) => ({
      ...cursor,
      deepBegan: pass.began,
      hasGap: isIncomplete || (deep !== undefined && hasGap),
    }),
  });
}

/**
 * Reads a location by windows of time: everything at first; then, at each sync, the trailing window again; and once a
 * week everything else again.
 */
export async function* readWindows(
  stream: WindowsStream,
  read: LocationRead,
): AsyncGenerator<ReadEvent, void> {
  const { retrieval } = stream;
  const { context, state, startDate } = read;
  const now = (await context.serverNow()) - LAG_MS;
  const drained = yield* drainParents(retrieval.parents, context);
  const range = windowRange(retrieval, read);
  const reading: Reading = { stream, read, drained, now, range };
  const kept = state && parseWindowCursor(state, windowColumn(retrieval));
  const place = `Location ${context.locationId}, ${stream.name}`;
  let cursor = planWindows(kept, { startDate, latest: now + range.aheadMs, place, log: context.log });
  if (cursor.changed === undefined) {
    const resumed = cursor.pass;
    const first = yield* readFirst(reading, cursor);
    // A pass that began in this very read leaves nothing to catch up with.
    if (!first.isThrough || resumed === undefined) return;
    cursor = first.cursor;
  }
  const readNews = retrieval.recent === undefined ? readTrailing : readLatest;
  // A pass that an earlier sync left half done is brought to its end, and is no longer the newest then.
  const unfinished = cursor.pass === undefined ? [] : [readNews];
  for (const part of [...unfinished, readNews, readDeep]) {
    if (context.isOver()) return;
    const { cursor: next, isThrough } = yield* part(reading, cursor);
    if (!isThrough) return;
    cursor = next;
  }
}
