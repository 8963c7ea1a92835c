import type { JsonObject } from '../../foundation/json.ts';
import { backfillFilters } from '../backfill.ts';
import { changedFilters, changesWindow } from '../changes.ts';
import type { SearchStream } from '../definition.ts';
import { anyOf, inRange } from '../filters.ts';
import { parseCursor } from '../location-cursor.ts';
import type { LocationRead } from '../location-read.ts';
import { planCursor } from '../plan-cursor.ts';
import { createPageFetcher } from '../search-page.ts';
import { createdFilters, sinceStartDate } from '../walk-created.ts';
import { type Amount, atLeast, exactly, mapAmount, NONE, UNKNOWN } from './amount.ts';
import type { Forecast } from './forecast.ts';
import { changesRequests, walkRequests } from './walk-requests.ts';

/** The search whose count tells how much a read is. */
interface Question {
  readonly filters: readonly JsonObject[];
  readonly sortField: string;
  /** What is read: everything by creation time, or what has changed. */
  readonly walks: 'created' | 'changed';
  /** True if the read goes on with another search behind this one. */
  readonly isPart: boolean;
}

interface Asked {
  readonly read: Omit<LocationRead, 'context'>;
  readonly isIncremental: boolean;
  /** By the server's clock; epoch ms. */
  readonly now: number;
}

/** Undefined where nothing is to be read. */
const questionOf = (stream: SearchStream, { read, isIncremental, now }: Asked): Question | undefined => {
  const { retrieval } = stream;
  const { created, updated } = retrieval;
  const { startDate, lookbackMs, state } = read;
  const byCreation = { sortField: created.field, walks: 'created', isPart: false } as const;
  if (!isIncremental) {
    const filters = createdFilters(stream, sinceStartDate(stream, startDate));
    return { ...byCreation, filters: filters({ before: now }) };
  }
  const cursor = planCursor(state && parseCursor(state, retrieval), startDate, now);
  if (cursor.phase === 'incremental') {
    const window = changesWindow(cursor, lookbackMs, now);
    if (window.since >= window.before) return undefined;
    const filters = changedFilters(stream, window);
    return { filters, sortField: updated.field, walks: 'changed', isPart: false };
  }
  const others = backfillFilters(stream, cursor);
  const [first, ...rest] = cursor.unread;
  const filters =
    first !== undefined && rest.length === 0
      ? createdFilters(stream, others)(first)
      : [anyOf(...cursor.unread.map((span) => inRange(retrieval, created, span))), ...others];
  // What has changed since the backfill began is read behind it.
  return { ...byCreation, filters, isPart: cursor.until < now };
};

/** What a read is that a search counts so many rows for. */
export const searchForecast = (
  { retrieval: { pageSizes, sharedTokens } }: Pick<SearchStream, 'retrieval'>,
  rows: Amount,
  { walks, isPart, lanes }: Pick<Question, 'walks' | 'isPart'> & { readonly lanes: number },
): Forecast => {
  const walk = { limit: pageSizes[0], sharedTokens };
  const count = walks === 'changed' ? changesRequests : walkRequests;
  const requests = mapAmount(rows, (some) => count(some, walk, lanes) + (isPart ? 1 : 0));
  return isPart
    ? { rows: atLeast(rows), requests: atLeast(requests), atOnce: lanes }
    : { rows, requests, atOnce: lanes };
};

/** Asks for the count of the search that the read would begin with, with a page of one row. */
export const forecastSearch = async (
  stream: SearchStream,
  { context, ...read }: LocationRead,
  isIncremental: boolean,
): Promise<Forecast> => {
  const now = await context.serverNow();
  const question = questionOf(stream, { read, isIncremental, now });
  if (question === undefined) return { rows: NONE, requests: NONE, atOnce: 1 };
  const { filters, sortField } = question;
  const oneRow: SearchStream = { ...stream, retrieval: { ...stream.retrieval, pageSizes: [1] } };
  const page = await createPageFetcher(oneRow, context)({ filters, sortField, after: undefined });
  const { total } = page;
  page.release();
  const rows = total === undefined ? UNKNOWN : exactly(total);
  return searchForecast(stream, rows, { ...question, lanes: context.parallel });
};
