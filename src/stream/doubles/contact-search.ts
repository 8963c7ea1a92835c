import { isReadBy, type StreamDefinition } from '../definition.ts';
import type { FetchPage } from '../search-page.ts';
import { walkInPieces } from '../walk-in-pieces.ts';
import { createRecordingLog } from '../../http/doubles/recording-log.ts';

interface ContactSearch {
  readonly contacts: StreamDefinition;
  /** When each contact was added, ascending; epoch ms. */
  readonly times: readonly number[];
  readonly pageSize: number;
  readonly lanes: number;
  /** Called before each answer. */
  readonly beforeAnswer: () => Promise<void>;
}

/** For tests: walks contacts in pieces. @returns the distinct ids that came */
export const walkContacts = async ({
  contacts,
  times,
  pageSize,
  lanes,
  beforeAnswer,
}: ContactSearch): Promise<ReadonlySet<unknown>> => {
  if (!isReadBy(contacts, 'search')) throw new Error('not a search stream');
  const { retrieval } = contacts;
  /** Where the first contact is that was added at `bound` or later. */
  const firstFrom = (bound: number): number => {
    let [low, high] = [0, times.length];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if ((times[middle] ?? Infinity) < bound) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const fetch: FetchPage = async ({ filters, after }) => {
    const [{ since, before } = {}] = filters;
    const from = firstFrom(Number(since ?? 0));
    const end = firstFrom(Number(before));
    const begin = after === undefined ? from : Number(after[1]) + 1;
    await beforeAnswer();
    const rows = times.slice(begin, Math.min(end, begin + pageSize)).map((time, at) => {
      const place = String(begin + at);
      return { id: place, dateAdded: new Date(time).toISOString(), searchAfter: [time, place] };
    });
    return { rows, total: end - from, limit: pageSize, release: () => undefined };
  };
  const plan = {
    purpose: 'contacts of location L1',
    key: retrieval.created,
    filters: (range: object) => [{ ...range }],
    pieces: [{ span: { since: undefined, before: (times.at(-1) ?? 0) + 1 }, resume: undefined }],
  };
  const ids = new Set<unknown>();
  const dependencies = { fetch, retrieval, log: createRecordingLog(), lanes };
  for await (const { rows } of walkInPieces(plan, dependencies)) for (const { id } of rows) ids.add(id);
  return ids;
};
