import { instantIn, isoEntry, reachesFurtherBack, stateObject } from './cursor-json.ts';
import type { RowTime } from './definition.ts';
import type { JsonValue } from '../foundation/json.ts';
import type { LocationRead } from './location-read.ts';
import { type ReadEvent, rowsOrAlive } from './read-event.ts';

/** How far a list was read whose rows say when they changed. Epoch ms. */
interface ChangedCursor {
  /** Rows changed before this have been emitted; undefined when no row was there that says when it changed. */
  readonly changed: number | undefined;
  readonly startDate: number | undefined;
}

/** @throws ConnectorError (config_error) for a state that is not ours */
export const parseChangedCursor = (json: JsonValue, { column }: RowTime): ChangedCursor | undefined => {
  const state = stateObject(json);
  if ('full_refresh' in state) return undefined;
  return { changed: instantIn(state, column), startDate: instantIn(state, 'start_date') };
};

const sinceOf = (cursor: ChangedCursor | undefined, { startDate, lookbackMs }: LocationRead): number => {
  const start = startDate ?? -Infinity;
  if (cursor?.changed === undefined || reachesFurtherBack(startDate, cursor.startDate)) return start;
  return Math.max(start, cursor.changed - lookbackMs);
};

/** Rows that changed at `since` or later, and rows that do not say when they did. */
const changedSince =
  ({ valueOf }: RowTime, since: number) =>
  (row: Parameters<RowTime['valueOf']>[0]) => {
    const changed = valueOf(row);
    return changed === undefined || changed >= since;
  };

/**
 * Emits of a list that is read whole what changed since the checkpoint. The checkpoint is the largest time seen, never
 * beyond the server's now at the beginning, and stays where it was when rows may be missing: they would otherwise be
 * taken for old at the next sync.
 */
export async function* readChanged(
  all: AsyncGenerator<ReadEvent, void>,
  key: RowTime,
  read: LocationRead,
): AsyncGenerator<ReadEvent, void> {
  const cursor = read.state === undefined ? undefined : parseChangedCursor(read.state, key);
  const isNews = changedSince(key, sinceOf(cursor, read));
  const now = await read.context.serverNow();
  let reached = cursor?.changed;
  let isWhole = true;
  for await (const event of all) {
    if (event.kind !== 'rows') {
      if (event.kind === 'gap') isWhole = false;
      yield event;
      continue;
    }
    for (const row of event.rows) {
      const changed = key.valueOf(row);
      if (changed !== undefined) reached = Math.max(reached ?? -Infinity, Math.min(changed, now));
    }
    yield rowsOrAlive(event.rows.filter(isNews), event.release);
  }
  const next = isWhole ? { changed: reached, startDate: read.startDate } : cursor;
  yield {
    kind: 'checkpoint',
    cursor: { ...isoEntry(key.column, next?.changed), ...isoEntry('start_date', next?.startDate) },
  };
}

/** Emits of a list that is read whole what changed since the start date. */
export async function* sinceStart(
  all: AsyncGenerator<ReadEvent, void>,
  key: RowTime | undefined,
  startDate: number | undefined,
): AsyncGenerator<ReadEvent, void> {
  const isNews = key === undefined || startDate === undefined ? undefined : changedSince(key, startDate);
  for await (const event of all) {
    yield event.kind === 'rows' && isNews !== undefined
      ? rowsOrAlive(event.rows.filter(isNews), event.release)
      : event;
  }
}
