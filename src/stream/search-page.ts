import { ConnectorError } from '../foundation/errors.ts';
import type { JsonObject } from '../foundation/json.ts';
import type { HttpResponse } from '../http/client.ts';
import type { Room } from '../http/room.ts';
import { heldRows, type HeldRows, holdAnswer } from './answer.ts';
import type { PageToken, SearchStream } from './definition.ts';
import type { ReadContext, SendOptions } from './read-context.ts';

interface PageRequest {
  readonly filters: readonly JsonObject[];
  /** The API's name of the key to sort by, ascending. */
  readonly sortField: string;
  readonly after: PageToken | undefined;
}

/**
 * An answer in memory, which `release` gives back: a lane that waits for its next page would otherwise hold on to the
 * last one.
 */
export interface SearchPage extends HeldRows {
  /** Rows that were asked for. */
  readonly limit: number;
}

/**
 * Whether a first page is all there is: shorter than asked for, and holding the answer's whole total. A short page
 * alone is not the end, because servers cap pages in silence.
 */
export const holdsTotal = ({ rows, total, limit }: SearchPage): boolean =>
  rows.length < limit && total !== undefined && rows.length >= total;

export type FetchPage = (request: PageRequest) => Promise<SearchPage>;

/** A larger page that fails gets more chances before the smaller one is tried: it may be a passing fault. */
const ATTEMPTS_WITH_FALLBACK = 3;
const REFUSALS: ReadonlySet<number> = new Set([400, 413, 422]);

/** Whether a smaller page may succeed where this error came: a refused, too large or too slow answer. */
const mayBePageSize = ({ status, access, reach, failureType }: ConnectorError): boolean => {
  if (access !== undefined || reach !== 'partition') return false;
  // No answer in time, or one too large to take.
  if (status === undefined) return failureType !== 'config_error';
  return REFUSALS.has(status) || status >= 500;
};

/** Fetches pages of one search in one location, with the largest page size that the server takes. */
export const createPageFetcher = (
  { name, scope, retrieval }: SearchStream,
  context: ReadContext,
): FetchPage => {
  const { locationId, pages, log } = context;
  const send = (
    request: PageRequest,
    limit: number,
    options: Omit<SendOptions, 'scope'>,
  ): Promise<HttpResponse> =>
    context.send(
      {
        method: 'POST',
        path: retrieval.path,
        headers: { version: retrieval.version },
        body: { kind: 'json', value: retrieval.body({ ...request, locationId, limit }) },
      },
      { scope, ...options },
    );

  const sendSmaller = async (
    request: PageRequest,
    limit: number,
    room: Room,
  ): Promise<{ readonly response: HttpResponse; readonly limit: number }> => {
    const smaller = retrieval.pageSizes.find((size) => size < limit);
    if (smaller === undefined) return { response: await send(request, limit, { room }), limit };
    try {
      return { response: await send(request, limit, { room, maxAttempts: ATTEMPTS_WITH_FALLBACK }), limit };
    } catch (thrown) {
      if (!(thrown instanceof ConnectorError) || !mayBePageSize(thrown)) throw thrown;
      const answer = await sendSmaller(request, smaller, room);
      pages.keepLimit(name, locationId, answer.limit);
      log.warn(
        `Location ${locationId}: ${name} did not come in pages of ${limit} rows; reading pages of ${answer.limit}.`,
      );
      return answer;
    }
  };

  return async (request) => {
    const preferred = pages.limitOf(name, locationId) ?? retrieval.pageSizes[0];
    let limit = preferred;
    const held = await holdAnswer(context, name, async (room) => {
      const answer = await sendSmaller(request, preferred, room);
      ({ limit } = answer);
      return answer.response;
    });
    return { ...heldRows(held, retrieval.select), limit };
  };
};
