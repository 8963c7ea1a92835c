import { afterBackfill, backfill } from './backfill.ts';
import { changes } from './changes.ts';
import { planCursor } from './plan-cursor.ts';
import type { SearchEvent, SearchRead } from './search-read.ts';
import { createPageFetcher } from './search-page.ts';

/** Reads one location incrementally: its backfill as far as it is open, then what changed since. */
export async function* readIncrementally(read: SearchRead): AsyncGenerator<SearchEvent, void> {
  const { stream, state, startDate, context } = read;
  const fetch = createPageFetcher(stream, context);
  const now = await context.serverNow();
  const cursor = planCursor(state, startDate, now);
  if (cursor.phase === 'incremental') {
    yield* changes(read, fetch, cursor, now);
    return;
  }
  yield* backfill(read, fetch, cursor);
  const next = afterBackfill(cursor);
  // A backfill that began in this very read leaves nothing to catch up with.
  if (next.updated < now && !context.isOver()) yield* changes(read, fetch, next, now);
}
