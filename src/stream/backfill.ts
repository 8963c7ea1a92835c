import type { JsonObject } from '../foundation/json.ts';
import type { SearchStream } from './definition.ts';
import { allOf, anyOf, inRange } from './filters.ts';
import type { BackfillCursor, IncrementalCursor } from './location-cursor.ts';
import type { SearchEvent, SearchRead } from './search-read.ts';
import type { FetchPage } from './search-page.ts';
import { sinceStartDate, walkCreated } from './walk-created.ts';
import { unreadSpans } from './walk-progress.ts';

/** What rows of a backfill must pass besides the spans that they were made in. */
export const backfillFilters = (
  stream: SearchStream,
  { startDate, gap }: BackfillCursor,
): readonly JsonObject[] => {
  if (gap === undefined) return sinceStartDate(stream, startDate);
  // A gap's rows without an update time have been read by the backfill before it.
  const { retrieval } = stream;
  const { updated, created } = retrieval;
  const range = { since: startDate, before: gap.updatedBefore };
  const changed = inRange(retrieval, updated, range);
  if (startDate === undefined) return [changed];
  const imported = allOf(
    inRange(retrieval, created, range),
    inRange(retrieval, updated, { before: startDate }),
  );
  return [anyOf(changed, imported)];
};

/** Where incremental reads go on: whatever changed since the server's time at the backfill's beginning is their part. */
export const afterBackfill = ({ gap, until, startDate }: BackfillCursor): IncrementalCursor => ({
  phase: 'incremental',
  updated: gap?.updated ?? until,
  created: undefined,
  startDate,
});

/** Reads what a location had when the backfill began, resumable after any page. */
export async function* backfill(
  read: SearchRead,
  fetch: FetchPage,
  cursor: BackfillCursor,
): AsyncGenerator<SearchEvent, void> {
  const { unread } = cursor;
  const steps = walkCreated(read, fetch, {
    pieces: unread.map((span) => ({ span, resume: undefined })),
    filters: backfillFilters(read.stream, cursor),
  });
  for await (const { rows, unread: places, claimed, release } of steps) {
    if (rows.length > 0) yield { kind: 'rows', rows, release };
    const rest = unreadSpans(places, { since: unread[0]?.since, claimed });
    if (rest.length > 0) yield { kind: 'checkpoint', cursor: { ...cursor, unread: rest } };
    if (read.context.isOver()) return;
  }
  yield { kind: 'checkpoint', cursor: afterBackfill(cursor) };
}
