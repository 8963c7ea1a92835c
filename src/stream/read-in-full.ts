import type { PageToken } from './definition.ts';
import type { FullRefreshCursor, LocationCursor } from './location-cursor.ts';
import type { SearchEvent, SearchRead } from './search-read.ts';
import { createPageFetcher } from './search-page.ts';
import { sinceStartDate, walkCreated } from './walk-created.ts';

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
  if (resume !== undefined && resume.after === undefined) return;
  const until = resume?.until ?? (await context.serverNow());
  const steps = walkCreated(read, createPageFetcher(stream, context), {
    range: { before: until },
    filters: sinceStartDate(stream, startDate),
    resume,
  });

  let rowsRead = resume?.rows ?? 0;
  const checkpoint = (after: PageToken | undefined): readonly SearchEvent[] =>
    job === undefined
      ? []
      : [{ kind: 'checkpoint', cursor: { phase: 'full_refresh', job, until, after, rows: rowsRead } }];
  for await (const { rows, after, isShort, release } of steps) {
    // Before they are taken: whoever takes them may release them.
    rowsRead += rows.length;
    if (rows.length > 0) yield { kind: 'rows', rows, release };
    if (isShort) yield { kind: 'gap' };
    if (after !== undefined) yield* checkpoint(after);
  }
  yield* checkpoint(undefined);
}
