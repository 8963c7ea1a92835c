import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../foundation/json.ts';
import { createRecordingLog } from '../../http/doubles/recording-log.ts';
import type { FetchPage } from '../search-page.ts';
import { walkInPieces } from '../walk-in-pieces.ts';
import { contacts } from '../../streams/contacts.ts';
import { opportunities } from '../../streams/opportunities.ts';
import { isReadBy, type SearchRetrieval } from '../definition.ts';
import type { Range } from '../filters.ts';
import { changesRequests, walkRequests } from './walk-requests.ts';

const END = 1_000_000;

const retrievalOf = (stream: typeof contacts): SearchRetrieval => {
  if (!isReadBy(stream, 'search')) throw new Error('not a search stream');
  return stream.retrieval;
};

interface Walk {
  readonly rows: number;
  readonly limit: number;
  readonly lanes: number;
}

/** What a read of rows that are spread evenly asks for. */
const requestsOfRead = async (
  retrieval: SearchRetrieval,
  { rows: count, limit, lanes }: Walk,
): Promise<number> => {
  const all = Array.from({ length: count }, (_, index): JsonObject => {
    const at = Math.floor((index * END) / count);
    const iso = new Date(at).toISOString();
    return { id: `r${index}`, dateAdded: iso, createdAt: iso, searchAfter: [at, `r${index}`] };
  });
  let requests = 0;
  const fetch: FetchPage = ({ filters, after }) => {
    requests += 1;
    const { since = -Infinity, before = Infinity } = JSON.parse(JSON.stringify(filters[0])) as Range;
    const from = after === undefined ? -Infinity : Number(after[0]);
    const key = ({ searchAfter }: JsonObject): number => Number((searchAfter as readonly unknown[])[0]);
    const inside = all.filter((row) => key(row) >= since && key(row) < before);
    const rows = inside.filter((row) => key(row) > from).slice(0, limit);
    return Promise.resolve({ rows, total: inside.length, limit, release: () => undefined });
  };
  const steps = walkInPieces(
    {
      purpose: 'rows',
      key: retrieval.created,
      filters: (part) => [{ since: part.since ?? -1, before: part.before ?? END }],
      pieces: [{ span: { since: undefined, before: END }, resume: undefined }],
    },
    { fetch, retrieval, log: createRecordingLog(), lanes },
  );
  for await (const _ of steps);
  return requests;
};

describe.each([
  ['contacts', retrievalOf(contacts)],
  ['opportunities', retrievalOf(opportunities)],
])('of %s', (_, retrieval) => {
  const { sharedTokens } = retrieval;

  test.each([0, 1, 9, 10, 11, 25, 99, 100, 101])(
    'a walk of %i rows in one lane takes the requests that are reckoned with',
    async (rows) => {
      expect(walkRequests(rows, { limit: 10, sharedTokens }, 1)).toBe(
        await requestsOfRead(retrieval, { rows, limit: 10, lanes: 1 }),
      );
    },
  );

  test.each([150, 400, 1_000, 5_000])(
    'a walk of %i rows that is divided takes about the requests that are reckoned with',
    async (rows) => {
      const reckoned = walkRequests(rows, { limit: 10, sharedTokens }, 6);
      const real = await requestsOfRead(retrieval, { rows, limit: 10, lanes: 6 });
      expect(Math.abs(reckoned - real)).toBeLessThanOrEqual(Math.max(3, 0.1 * real));
    },
  );
});

test('changes that fit into a page take one request, and others those of two walks besides', () => {
  const walk = { limit: 10, sharedTokens: false };
  expect(changesRequests(9, walk, 1)).toBe(1);
  expect(changesRequests(25, walk, 1)).toBe(2 + walkRequests(16, walk, 1));
});
