import { toIso } from '../foundation/instant.ts';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue, textAt } from '../foundation/json.ts';
import { instantIn, isoEntry, requiredInstant, stateObject } from './cursor-json.ts';
import type { PageToken, SearchRetrieval } from './definition.ts';

/** First sync of a location, or of a part of its past: walks by creation time. All instants are epoch milliseconds. */
export interface BackfillCursor {
  readonly phase: 'backfill';
  /** Rows created before this have been read; undefined at the start. */
  readonly created: number | undefined;
  /** The server's time when the backfill began: rows created later belong to the incremental reads. */
  readonly until: number;
  /** Rows last changed before this are not asked for; undefined asks for all. */
  readonly startDate: number | undefined;
  /** Set when only the gap before an earlier start date is filled: what had been read up to then. */
  readonly gap: { readonly updatedBefore: number; readonly updated: number } | undefined;
}

/** Later syncs: walk by update time. */
export interface IncrementalCursor {
  readonly phase: 'incremental';
  /** Rows changed before this have been read. */
  readonly updated: number;
  /** Rows that count by creation time have been read up to this, in a read that has not ended yet. */
  readonly created: number | undefined;
  readonly startDate: number | undefined;
}

/** A full refresh: only a retry of the same job takes it up again. */
export interface FullRefreshCursor {
  readonly phase: 'full_refresh';
  readonly job: string;
  readonly until: number;
  /** Where it goes on; undefined when the location is done. */
  readonly after: PageToken | undefined;
  /** Rows emitted so far. */
  readonly rows: number;
}

/** How far one location of a stream has been read: a small state machine, backfill → incremental. */
export type LocationCursor = BackfillCursor | IncrementalCursor | FullRefreshCursor;

type Keys = Pick<SearchRetrieval, 'created' | 'updated'>;

/** The cursor as the state carries it. */
export const serialiseCursor = (cursor: LocationCursor, { created, updated }: Keys): JsonObject => {
  switch (cursor.phase) {
    case 'backfill':
      return {
        backfill: {
          ...isoEntry(created.column, cursor.created),
          until: toIso(cursor.until),
          ...isoEntry('updated_before', cursor.gap?.updatedBefore),
        },
        ...isoEntry(updated.column, cursor.gap?.updated),
        ...isoEntry('start_date', cursor.startDate),
      };
    case 'incremental':
      return {
        [updated.column]: toIso(cursor.updated),
        ...(cursor.created !== undefined && { created: isoEntry(created.column, cursor.created) }),
        ...isoEntry('start_date', cursor.startDate),
      };
    case 'full_refresh':
      return {
        full_refresh: {
          job: cursor.job,
          until: toIso(cursor.until),
          rows: cursor.rows,
          ...(cursor.after === undefined ? { done: true } : { after: cursor.after }),
        },
      };
  }
};

const parseGap = (backfill: JsonObject, updated: number | undefined): BackfillCursor['gap'] => {
  const updatedBefore = instantIn(backfill, 'updated_before');
  return updated === undefined || updatedBefore === undefined ? undefined : { updatedBefore, updated };
};

const parseFullRefresh = (state: JsonObject): FullRefreshCursor | undefined => {
  const job = textAt(state, 'job');
  const until = instantIn(state, 'until');
  const { after, rows, done } = state;
  if (job === undefined || until === undefined) return undefined;
  const token = isJsonArray(after) ? after : undefined;
  // Neither done nor anywhere: nothing to take up.
  if (token === undefined && done !== true) return undefined;
  return { phase: 'full_refresh', job, until, after: token, rows: typeof rows === 'number' ? rows : 0 };
};

/**
 * Reads the cursor of a location out of a state.
 * @returns undefined when it says nothing: the location then starts anew
 * @throws ConnectorError (config_error) when it is of no shape that this connector ever wrote
 */
export const parseCursor = (json: JsonValue, { created, updated }: Keys): LocationCursor | undefined => {
  const state = stateObject(json);
  const { full_refresh: fullRefresh, backfill, created: createdPart } = state;
  if (isJsonObject(fullRefresh)) return parseFullRefresh(fullRefresh);
  const startDate = instantIn(state, 'start_date');
  const updatedAt = instantIn(state, updated.column);
  if (isJsonObject(backfill)) {
    return {
      phase: 'backfill',
      created: instantIn(backfill, created.column),
      until: requiredInstant(backfill, 'until'),
      startDate,
      gap: parseGap(backfill, updatedAt),
    };
  }
  if (Object.keys(state).length === 0) return undefined;
  return {
    phase: 'incremental',
    updated: requiredInstant(state, updated.column),
    created: isJsonObject(createdPart) ? instantIn(createdPart, created.column) : undefined,
    startDate,
  };
};
