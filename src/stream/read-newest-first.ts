import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../foundation/json.ts';
import { instantIn, isoEntry, reachesFurtherBack, requiredInstant, stateObject } from './cursor-json.ts';
import { daysToMs } from './days.ts';
import type { PageToken, StreamReadBy } from './definition.ts';
import { fullRefreshOf, fullRefreshState } from './full-refresh.ts';
import type { LocationRead } from './location-read.ts';
import type { ReadEvent } from './read-event.ts';
import { type DescentStep, walkDown } from './walk-down.ts';

export type NewestFirstStream = StreamReadBy<'newest_first'>;

/** How far a location has been read from its newest row down. Epoch ms. */
interface NewestFirstCursor {
  /** Rows with a smaller key have been emitted; undefined before the first full pass has ended. */
  readonly newest: number | undefined;
  readonly startDate: number | undefined;
  /** When the last full pass began. */
  readonly fullBegan: number | undefined;
  /** The full pass on its way. */
  readonly pass: FullPass | undefined;
}

interface FullPass {
  /** Where it goes on. */
  readonly after: PageToken;
  readonly began: number;
  /** The newest key it met: what came later is not part of it. */
  readonly newest: number;
}

const parseFullPass = (json: JsonValue | undefined): FullPass | undefined => {
  if (!isJsonObject(json) || !isJsonArray(json['after'])) return undefined;
  return {
    after: json['after'],
    began: requiredInstant(json, 'began'),
    newest: requiredInstant(json, 'newest'),
  };
};

/** @throws ConnectorError (config_error) for a state that is not ours */
export const parseNewestFirstCursor = (json: JsonValue, column: string): NewestFirstCursor => {
  const state = stateObject(json);
  return {
    newest: instantIn(state, column),
    startDate: instantIn(state, 'start_date'),
    fullBegan: instantIn(state, 'full_pass'),
    pass: parseFullPass(state['full_reading']),
  };
};

const cursorJson = (
  { newest, startDate, fullBegan, pass }: NewestFirstCursor,
  column: string,
): JsonObject => ({
  ...isoEntry(column, newest),
  ...isoEntry('full_pass', fullBegan),
  ...(pass !== undefined && {
    full_reading: {
      after: pass.after,
      ...isoEntry('began', pass.began),
      ...isoEntry('newest', pass.newest),
    },
  }),
  ...isoEntry('start_date', startDate),
});

const descend = (
  { name, scope, retrieval: { descent } }: NewestFirstStream,
  { context }: LocationRead,
  { after, downTo }: { readonly after: PageToken | undefined; readonly downTo: number },
): AsyncGenerator<DescentStep, void> => {
  const slice = { locationId: context.locationId };
  return walkDown({ read: { stream: name, scope, slice, context }, descent, after, downTo });
};

const larger = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);

/** The newest key so far, never beyond the server's now: rows of the future must not hide those of the present. */
const newestOf = (
  { retrieval: { descent } }: NewestFirstStream,
  { rows }: DescentStep,
  { newest, now }: { readonly newest: number | undefined; readonly now: number },
): number | undefined =>
  rows.reduce<number | undefined>((highest, row) => {
    const value = descent.key.valueOf(row);
    return value === undefined ? highest : Math.max(highest ?? -Infinity, Math.min(value, now));
  }, newest);

/** Everything down to the start date, with a checkpoint a page. */
async function* readFullPass(
  stream: NewestFirstStream,
  read: LocationRead,
  { cursor, now }: { readonly cursor: NewestFirstCursor; readonly now: number },
): AsyncGenerator<ReadEvent, void> {
  const { column } = stream.retrieval.descent.key;
  const { context, startDate = -Infinity } = read;
  const checkpoint = (at: NewestFirstCursor): ReadEvent => ({
    kind: 'checkpoint',
    cursor: cursorJson(at, column),
  });
  const { after, began = now, newest: metFirst } = cursor.pass ?? {};
  let newest = metFirst;
  for await (const step of descend(stream, read, { after, downTo: startDate })) {
    newest ??= newestOf(stream, step, { newest, now });
    yield { kind: 'rows', rows: step.rows, release: step.release };
    if (step.after === undefined || newest === undefined) continue;
    yield checkpoint({ ...cursor, pass: { after: step.after, began, newest } });
    if (context.isOver()) return;
  }
  yield checkpoint({
    newest: larger(cursor.newest, newest),
    startDate: read.startDate,
    fullBegan: began,
    pass: undefined,
  });
}

/** What came since the last sync. @returns the cursor then */
async function* readNewest(
  stream: NewestFirstStream,
  read: LocationRead,
  {
    cursor,
    downTo,
    now,
  }: { readonly cursor: NewestFirstCursor; readonly downTo: number; readonly now: number },
): AsyncGenerator<ReadEvent, NewestFirstCursor> {
  let newest = cursor.newest;
  for await (const step of descend(stream, read, { after: undefined, downTo })) {
    newest = newestOf(stream, step, { newest, now });
    yield { kind: 'rows', rows: step.rows, release: step.release };
  }
  const done = { ...cursor, newest };
  yield { kind: 'checkpoint', cursor: cursorJson(done, stream.retrieval.descent.key.column) };
  return done;
}

const planned = (
  { state, startDate }: Pick<LocationRead, 'state' | 'startDate'>,
  column: string,
): NewestFirstCursor => {
  const parsed = state && parseNewestFirstCursor(state, column);
  return parsed === undefined || reachesFurtherBack(startDate, parsed.startDate)
    ? { newest: undefined, startDate, fullBegan: undefined, pass: undefined }
    : { ...parsed, startDate };
};

/** Whether a full pass is on its way, or due. A location that had no row has nothing to go down to: all of it is new. */
const needsFullPass = ({ newest, fullBegan, pass }: NewestFirstCursor, now: number, days: number): boolean =>
  pass !== undefined || newest === undefined || fullBegan === undefined || now - fullBegan >= daysToMs(days);

/**
 * How far down a read goes on account of its state, and whether it walks down twice: what is new before all of it.
 * @param now by the server's clock; epoch ms
 */
export const descentPlan = (
  { descent, fullPassDays }: NewestFirstStream['retrieval'],
  read: Pick<LocationRead, 'state' | 'startDate' | 'lookbackMs'>,
  now: number,
): { readonly downTo: number; readonly again: boolean } => {
  const cursor = planned(read, descent.key.column);
  const { newest } = cursor;
  const isFull = needsFullPass(cursor, now, fullPassDays);
  return {
    downTo: isFull || newest === undefined ? (read.startDate ?? -Infinity) : newest - read.lookbackMs,
    again: isFull && newest !== undefined,
  };
};

/** Reads what came since the checkpoint, newest first; and everything at first, and again every so many days. */
export async function* readNewestFirst(
  stream: NewestFirstStream,
  read: LocationRead,
): AsyncGenerator<ReadEvent, void> {
  const { descent, fullPassDays } = stream.retrieval;
  const { context, lookbackMs } = read;
  const now = await context.serverNow();
  let cursor = planned(read, descent.key.column);
  const { newest, pass } = cursor;
  if (newest !== undefined) {
    cursor = yield* readNewest(stream, read, { cursor, downTo: newest - lookbackMs, now });
  }
  if (needsFullPass(cursor, now, fullPassDays) && !context.isOver()) {
    yield* readFullPass(stream, read, { cursor, now });
  }
  // What came while the first pass was on its way, over several syncs, lies above where it began.
  if (newest === undefined && pass !== undefined && !context.isOver()) {
    const afterPass = { ...cursor, newest: pass.newest, fullBegan: pass.began, pass: undefined };
    yield* readNewest(stream, read, { cursor: afterPass, downTo: pass.newest - lookbackMs, now });
  }
}

/** Reads everything; with a job, a retry of the same job goes on at the page that was not finished. */
export async function* readNewestFirstInFull(
  stream: NewestFirstStream,
  read: LocationRead,
): AsyncGenerator<ReadEvent, void> {
  const { job, startDate, state } = read;
  const resumed = fullRefreshOf(state, job);
  if (resumed?.['done'] === true) return;
  const token = resumed?.['after'];
  const after = isJsonArray(token) ? token : undefined;
  for await (const step of descend(stream, read, { after, downTo: startDate ?? -Infinity })) {
    yield { kind: 'rows', rows: step.rows, release: step.release };
    if (job !== undefined && step.after !== undefined) {
      yield { kind: 'checkpoint', cursor: fullRefreshState(job, { after: step.after }) };
    }
  }
  if (job !== undefined) yield { kind: 'checkpoint', cursor: fullRefreshState(job, { done: true }) };
}
