import type { JsonObject } from '../foundation/json.ts';
import { reachesFurtherBack } from './cursor-json.ts';
import { daysToMs } from './days.ts';
import { drainParents } from './drain-parents.ts';
import type { LocationRead } from './location-read.ts';
import type { ReadEvent } from './read-event.ts';
import { readPass } from './read-pass.ts';
import type { WindowsStream } from './read-window.ts';
import { walkDown } from './walk-down.ts';
import {
  parseWindowCursor,
  windowColumn,
  type WindowCursor,
  windowCursorJson,
  type WindowPass,
} from './window-cursor.ts';
import { isNews, isSinceStart } from './window-news.ts';
import { windowRange, type WindowRange } from './window-range.ts';

/** Lists show a row some time after it was made; what is younger than this is the next sync's part. */
const LAG_MS = 2 * 60_000;
/** How often everything is read again, in case something older than the trailing window has changed. */
const DEEP_PASS_EVERY_MS = daysToMs(7);

/** What the parts of one read share. */
interface Reading {
  readonly stream: WindowsStream;
  readonly read: LocationRead;
  readonly parents: readonly (JsonObject | undefined)[];
  /** The server's time less the lag. */
  readonly now: number;
  readonly range: WindowRange;
}

/** What a part leaves behind. `isThrough` is false when the sync's time was over. */
interface Progress {
  readonly cursor: WindowCursor;
  readonly isThrough: boolean;
}

type Part = AsyncGenerator<ReadEvent, Progress>;

const checkpoint = ({ stream }: Reading, cursor: WindowCursor): ReadEvent => ({
  kind: 'checkpoint',
  cursor: windowCursorJson(cursor, windowColumn(stream.retrieval)),
});

/** Reads one pass on behalf of a cursor that carries it under `name`. */
async function* readPart(
  reading: Reading,
  cursor: WindowCursor,
  {
    name,
    pass,
    isWanted,
  }: {
    readonly name: 'pass' | 'deep';
    readonly pass: WindowPass;
    readonly isWanted: (row: JsonObject) => boolean;
  },
): AsyncGenerator<ReadEvent, Progress & { readonly isWhole: boolean }> {
  const { stream, read, parents } = reading;
  const { isThrough, isWhole } = yield* readPass(
    { stream, context: read.context, parents },
    {
      pass,
      isWanted,
      cursorAt: (at) => windowCursorJson({ ...cursor, [name]: at }, windowColumn(stream.retrieval)),
    },
  );
  return { cursor, isThrough, isWhole };
}

/** The rows that changed since an instant, newest first, where the API can order by change. */
async function* readRecent({ stream, read, now }: Reading, since: number): AsyncGenerator<ReadEvent, void> {
  const { recent } = stream.retrieval;
  if (recent === undefined) return;
  const { name, scope } = stream;
  const { context } = read;
  const slice = { locationId: context.locationId };
  const steps = walkDown({
    read: { stream: name, scope, slice, context },
    descent: recent,
    after: undefined,
    downTo: Math.min(since, now),
  });
  for await (const { rows, release } of steps) yield { kind: 'rows', rows, release };
}

/** The first pass: everything since the start date. Whatever changes meanwhile is the next sync's part. */
async function* readFirst(reading: Reading, cursor: WindowCursor): Part {
  const { stream, read, now, range } = reading;
  const { startDate } = read;
  const pass = cursor.pass ?? { next: range.beginning, until: now + range.aheadMs, began: now };
  const isWanted = isSinceStart(stream.retrieval, startDate);
  const end = yield* readPart(reading, cursor, { name: 'pass', pass, isWanted });
  if (!end.isThrough) return end;
  // Windows since the start date do not hold older rows that changed since.
  if (startDate !== undefined) yield* readRecent(reading, startDate);
  const done: WindowCursor = { ...cursor, pass: undefined, changed: pass.began, deepBegan: pass.began };
  yield checkpoint(reading, done);
  return { cursor: done, isThrough: true };
}

/** What is new or changed since the last sync, as far as the trailing window (or the order by change) tells. */
async function* readTrailing(reading: Reading, cursor: WindowCursor): Part {
  const { stream, read, now, range } = reading;
  const { changed = now } = cursor;
  const since = changed - read.lookbackMs;
  if (stream.retrieval.recent !== undefined) {
    yield* readRecent(reading, since);
    const done = { ...cursor, changed: Math.max(changed, now) };
    yield checkpoint(reading, done);
    return { cursor: done, isThrough: true };
  }
  const next = Math.max(range.beginning, changed - range.trailingMs);
  const pass = cursor.pass ?? { next, until: now + range.aheadMs, began: now };
  const isWanted = isNews(stream.retrieval, since);
  const end = yield* readPart(reading, cursor, { name: 'pass', pass, isWanted });
  if (!end.isThrough) return end;
  // Rows that may be missing would be taken for old at the next sync, if it began here.
  const reached = end.isWhole ? Math.max(changed, pass.began) : changed;
  const done: WindowCursor = { ...cursor, pass: undefined, changed: reached };
  yield checkpoint(reading, done);
  return { cursor: done, isThrough: true };
}

/** Everything that the trailing window does not reach, once a week: rows that changed since the last such pass. */
async function* readDeep(reading: Reading, cursor: WindowCursor): Part {
  const { stream, read, now, range } = reading;
  const { deep, deepBegan } = cursor;
  if (deep === undefined && deepBegan !== undefined && now - deepBegan < DEEP_PASS_EVERY_MS) {
    return { cursor, isThrough: true };
  }
  const until = stream.retrieval.recent === undefined ? now - range.trailingMs : now;
  const pass = deep ?? { next: range.beginning, until, began: now };
  const isWanted = isNews(stream.retrieval, (deepBegan ?? -Infinity) - read.lookbackMs);
  const end = yield* readPart(reading, cursor, { name: 'deep', pass, isWanted });
  if (!end.isThrough) return end;
  const done: WindowCursor = { ...cursor, deep: undefined, deepBegan: pass.began };
  yield checkpoint(reading, done);
  return { cursor: done, isThrough: true };
}

const planned = (state: WindowCursor | undefined, startDate: number | undefined): WindowCursor => {
  const fresh = { changed: undefined, pass: undefined, deepBegan: undefined, deep: undefined };
  if (state === undefined || reachesFurtherBack(startDate, state.startDate)) return { ...fresh, startDate };
  return { ...state, startDate };
};

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
  const parents = retrieval.parents ? yield* drainParents(retrieval.parents, context) : [undefined];
  const reading: Reading = { stream, read, parents, now, range: windowRange(retrieval, read) };
  const column = windowColumn(retrieval);
  let cursor = planned(state && parseWindowCursor(state, column), startDate);
  if (cursor.changed === undefined) {
    const resumed = cursor.pass;
    const first = yield* readFirst(reading, cursor);
    // A pass that began in this very read leaves nothing to catch up with.
    if (!first.isThrough || resumed === undefined) return;
    cursor = first.cursor;
  }
  // A pass that an earlier sync left half done is brought to its end, and is no longer the newest then.
  const unfinished = cursor.pass === undefined ? [] : [readTrailing];
  for (const part of [...unfinished, readTrailing, readDeep]) {
    if (context.isOver()) return;
    const { cursor: next, isThrough } = yield* part(reading, cursor);
    if (!isThrough) return;
    cursor = next;
  }
}
