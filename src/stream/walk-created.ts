import type { JsonObject } from '../foundation/json.ts';
import type { SearchStream } from './definition.ts';
import { anyOf, inRange, isMissing } from './filters.ts';
import type { SearchRead } from './search-read.ts';
import type { FetchPage } from './search-page.ts';
import { type PiecesStep, walkInPieces } from './walk-in-pieces.ts';
import type { Piece } from './walk-progress.ts';

interface CreatedPart {
  /** What is to be read, by creation time. */
  readonly pieces: readonly Piece[];
  /** What the rows must pass besides. */
  readonly filters: readonly JsonObject[];
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
  { pieces, filters }: CreatedPart,
): AsyncGenerator<PiecesStep, void> =>
  walkInPieces(
    {
      purpose: `${name} of location ${context.locationId}`,
      key: retrieval.created,
      filters: (part) => [inRange(retrieval, retrieval.created, part), ...filters],
      pieces,
    },
    { ...context, fetch, retrieval, lanes: context.parallel },
  );
