import type { JsonObject } from '../foundation/json.ts';
import type { SearchStream } from './definition.ts';
import { anyOf, inRange, isMissing, type Range } from './filters.ts';
import type { FullRefreshCursor } from './location-cursor.ts';
import type { SearchRead } from './search-read.ts';
import type { FetchPage } from './search-page.ts';
import { walk, type WalkStep } from './walk.ts';

interface CreatedRange {
  readonly range: Range;
  /** What the rows must pass besides. */
  readonly filters: readonly JsonObject[];
  readonly resume?: Pick<FullRefreshCursor, 'after' | 'rows'> | undefined;
}

/** Rows changed or made since the start date (an import may say it changed long ago), and rows that do not say when. */
export const sinceStartDate = (
  { retrieval }: SearchStream,
  startDate: number | undefined,
): readonly JsonObject[] => {
  if (startDate === undefined) return [];
  const { updated, created } = retrieval;
  const range = { since: startDate };
  return [anyOf(inRange(retrieval, updated, range), isMissing(updated), inRange(retrieval, created, range))];
};

/** Walks by creation time: it never changes, so a row that is edited meanwhile cannot fall out. */
export const walkCreated = (
  { stream: { retrieval, name }, context }: SearchRead,
  fetch: FetchPage,
  { range, filters, resume }: CreatedRange,
): AsyncGenerator<WalkStep, void> =>
  walk(
    {
      purpose: `${name} of location ${context.locationId}`,
      key: retrieval.created,
      range,
      filters: (part) => [inRange(retrieval, retrieval.created, part), ...filters],
      resume: resume?.after === undefined ? undefined : { after: resume.after, rows: resume.rows },
    },
    { fetch, retrieval, log: context.log, counted: context.counted },
  );
