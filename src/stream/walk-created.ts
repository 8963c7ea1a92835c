import type { JsonObject } from '../foundation/json.ts';
import type { SearchStream } from './definition.ts';
import { anyOf, inRange, isMissing, type Range } from './filters.ts';
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

/** All filters of a search for rows that were made in a span and pass the others besides. */
export const createdFilters =
  ({ retrieval }: SearchStream, others: readonly JsonObject[]) =>
  (span: Range): readonly JsonObject[] => [inRange(retrieval, retrieval.created, span), ...others];

/** Walks by creation time: it never changes, so a row that is edited meanwhile cannot fall out. */
export const walkCreated = (
  { stream, context }: SearchRead,
  fetch: FetchPage,
  { pieces, filters }: CreatedPart,
): AsyncGenerator<PiecesStep, void> => {
  const { retrieval, name } = stream;
  return walkInPieces(
    {
      purpose: `${name} of location ${context.locationId}`,
      key: retrieval.created,
      filters: createdFilters(stream, filters),
      pieces,
    },
    { ...context, fetch, retrieval, lanes: context.parallel },
  );
};
