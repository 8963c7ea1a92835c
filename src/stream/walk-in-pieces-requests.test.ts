import { expect, test } from '@jest/globals';
import { createRecordingLog } from '../http/doubles/recording-log.ts';
import { contacts } from '../streams/contacts.ts';
import { isReadBy } from './definition.ts';
import type { FetchPage } from './search-page.ts';
import { walkInPieces } from './walk-in-pieces.ts';

const PAGE = 50;
const ROWS = 25_000;
const FULL_PAGES = ROWS / PAGE;
const START = Date.UTC(2024, 0);
const SPAN_MS = 3e10;

/** Where in time the rows lie, as a function of their place among them; both from 0 to 1. */
const SPREADS: readonly (readonly [name: string, at: (place: number) => number])[] = [
  ['evenly', (place) => place],
  ['evenly in the middle of the time', (place) => 0.3 + 0.4 * place],
  ['more and more', (place) => Math.sqrt(place)],
  ['most of them lately', (place) => place ** 0.2],
  ['half of them in three imports', (place) => (place < 0.5 ? 2 * place : Math.ceil(place * 6) / 6 - 0.05)],
];

const createServer = (times: readonly number[]) => {
  const firstFrom = (bound: number): number => {
    const place = times.findIndex((time) => time >= bound);
    return place === -1 ? times.length : place;
  };
  let requests = 0;
  const fetch: FetchPage = async ({ filters, after }) => {
    requests += 1;
    const [{ since, before } = {}] = filters;
    const from = firstFrom(Number(since ?? 0));
    const end = firstFrom(Number(before));
    const begin = after === undefined ? from : Number(after[1]) + 1;
    // So that lanes take turns.
    await new Promise((resolve) => setImmediate(resolve));
    const places = Array.from({ length: Math.max(0, Math.min(end - begin, PAGE)) }, (_, at) => begin + at);
    const rows = places.map((place) => {
      const time = times[place] ?? 0;
      return { id: `r${place}`, dateAdded: new Date(time).toISOString(), searchAfter: [time, `${place}`] };
    });
    return { rows, total: end - from, limit: PAGE, release: () => undefined };
  };
  return { fetch, requests: () => requests };
};

test.each(SPREADS)(
  'rows that lie %s take at most a fifteenth more requests than full pages',
  async (_, at) => {
    if (!isReadBy(contacts, 'search')) throw new Error('not a search stream');
    const { retrieval } = contacts;
    const times = Array.from({ length: ROWS }, (__, place) => Math.floor(START + SPAN_MS * at(place / ROWS)));
    const { fetch, requests } = createServer(times);
    const plan = {
      purpose: 'contacts of location L1',
      key: retrieval.created,
      filters: (range: object) => [{ ...range }],
      pieces: [{ span: { since: undefined, before: START + SPAN_MS }, resume: undefined }],
    };
    const ids = new Set<unknown>();
    const lanes = { fetch, retrieval, log: createRecordingLog(), lanes: 6 };
    for await (const { rows } of walkInPieces(plan, lanes)) for (const { id } of rows) ids.add(id);
    expect(ids.size).toBe(ROWS);
    expect(requests()).toBeGreaterThan(FULL_PAGES);
    expect(requests()).toBeLessThanOrEqual(FULL_PAGES * (16 / 15));
  },
);
