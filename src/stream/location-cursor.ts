import { toIso } from '../foundation/instant.ts';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue, textAt } from '../foundation/json.ts';
import { instantIn, isoEntry, requiredInstant, stateObject } from './cursor-json.ts';
import type { SearchRetrieval } from './definition.ts';
import type { Span } from './span.ts';
import type { Piece } from './walk-progress.ts';

/** First sync of a location, or of a part of its past: walks by creation time. All instants are epoch milliseconds. */
export interface BackfillCursor {
  readonly phase: 'backfill';
  /** What is still to be read, by creation time: ascending, apart, never empty, up to `until` at most. */
  readonly unread: readonly Span[];
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
  /** Where it goes on, ascending; nowhere when the location is done. */
  readonly unread: readonly Piece[];
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
          ...isoEntry(created.column, cursor.unread[0]?.since),
          until: toIso(cursor.until),
          ...unreadEntry(cursor),
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
          ...(cursor.unread.length === 0 ? { done: true } : { unread: cursor.unread.map(pieceJson) }),
        },
      };
  }
};

/** Only where it is more than one span; else it is what lies between the entries beside it. */
const unreadEntry = ({ unread, until }: BackfillCursor): JsonObject => {
  const isPlain = unread.length === 1 && unread[0]?.before === until;
  if (isPlain) return {};
  return {
    unread: unread.map(({ since, before }) => ({ ...isoEntry('since', since), before: toIso(before) })),
  };
};

const pieceJson = ({ span: { since, before }, resume }: Piece): JsonObject => ({
  ...isoEntry('since', since),
  before: toIso(before),
  ...resume,
});

const parseSpan = (json: JsonValue): Span => {
  const span = stateObject(json);
  return { since: instantIn(span, 'since'), before: requiredInstant(span, 'before') };
};

const parseUnread = (backfill: JsonObject, column: string): Pick<BackfillCursor, 'unread' | 'until'> => {
  const until = requiredInstant(backfill, 'until');
  const since = instantIn(backfill, column);
  const { unread } = backfill;
  const spans = isJsonArray(unread) ? unread.map(parseSpan) : [];
  return { until, unread: spans.length === 0 ? [{ since, before: until }] : spans };
};

const parseGap = (backfill: JsonObject, updated: number | undefined): BackfillCursor['gap'] => {
  const updatedBefore = instantIn(backfill, 'updated_before');
  return updated === undefined || updatedBefore === undefined ? undefined : { updatedBefore, updated };
};

/** As version 0.1 wrote it: the walk as a whole, and where it goes on. */
const parseWhole = ({ after, rows }: JsonObject, until: number): readonly Piece[] =>
  isJsonArray(after)
    ? [
        {
          span: { since: undefined, before: until },
          resume: { after, rows: typeof rows === 'number' ? rows : 0 },
        },
      ]
    : [];

const parsePiece = (json: JsonValue): readonly Piece[] => {
  if (!isJsonObject(json)) return [];
  const { after, rows } = json;
  const span = { since: instantIn(json, 'since'), before: requiredInstant(json, 'before') };
  const resume = isJsonArray(after) ? { after, rows: typeof rows === 'number' ? rows : 0 } : undefined;
  return [{ span, resume }];
};

const parseFullRefresh = (state: JsonObject): FullRefreshCursor | undefined => {
  const job = textAt(state, 'job');
  const until = instantIn(state, 'until');
  if (job === undefined || until === undefined) return undefined;
  const unread = isJsonArray(state['unread'])
    ? state['unread'].flatMap(parsePiece)
    : parseWhole(state, until);
  // Neither done nor anywhere: nothing to take up.
  if (unread.length === 0 && state['done'] !== true) return undefined;
  return { phase: 'full_refresh', job, until, unread };
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
      ...parseUnread(backfill, created.column),
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
