import type { FullRefreshCursor, LocationCursor } from './location-cursor.ts';
import type { SearchEvent, SearchRead } from './search-read.ts';
import { createPageFetcher } from './search-page.ts';
import { sinceStartDate, walkCreated } from './walk-created.ts';
import { joinUnbegun, type Piece } from './walk-progress.ts';

const ofSameJob = (
  state: LocationCursor | undefined,
  job: string | undefined,
): FullRefreshCursor | undefined =>
  state?.phase === 'full_refresh' && state.job === job ? state : undefined;

/**
 * Reads a location in full. With a job, every page is a checkpoint that a retry of the same job takes up by its token,
 * so that it neither repeats nor skips rows; without one there is nothing to tell a retry from a new sync.
 */
export async function* readInFull(
  read: SearchRead,
  job: string | undefined,
): AsyncGenerator<SearchEvent, void> {
  const { stream, state, startDate, context } = read;
  const resume = ofSameJob(state, job);
  const until = resume?.until ?? (await context.serverNow());
  const whole: Piece = { span: { since: undefined, before: until }, resume: undefined };
  const steps = walkCreated(read, createPageFetcher(stream, context), {
    pieces: resume?.unread ?? [whole],
    filters: sinceStartDate(stream, startDate),
  });
  const checkpoint = (unread: readonly Piece[]): readonly SearchEvent[] =>
    job === undefined ? [] : [{ kind: 'checkpoint', cursor: { phase: 'full_refresh', job, until, unread } }];
  for await (const { rows, unread, isShort, release } of steps) {
    if (rows.length > 0) yield { kind: 'rows', rows, release };
    if (isShort) yield { kind: 'gap' };
    // Nothing is done before the whole is verified.
    if (unread.length > 0) yield* checkpoint(joinUnbegun(unread));
  }
  yield* checkpoint([]);
}
