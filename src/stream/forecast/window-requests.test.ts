import { expect, test } from '@jest/globals';
import { collect } from '../doubles/collect-events.ts';
import { createFakeContext, locationRead, NOW } from '../doubles/fake-context.ts';
import { streamOf, thingsEndpoint, windowServer, windowsRetrieval } from '../doubles/test-streams.ts';
import { offsetPages } from '../paginators.ts';
import { readWindows } from '../read-windows.ts';
import { ORIGIN } from '../window-length.ts';
import { LAG_MS } from '../window-range.ts';
import { windowRequests } from './window-requests.ts';

/** Rows that are spread evenly over all the time there can be any. */
const spread = (count: number) =>
  Array.from({ length: count }, (_, index) => {
    const at = new Date(ORIGIN + ((NOW - LAG_MS - ORIGIN) * (index + 0.5)) / count).toISOString();
    return { id: `r${index}`, at, changed: at };
  });

const requestsOfRead = async (count: number, retrieval: ReturnType<typeof windowsRetrieval>) => {
  const rows = spread(count);
  const total = (inside: readonly unknown[]): number => inside.length;
  const serve = windowServer(() => rows, { total });
  const { context, requests } = createFakeContext({
    answer: (request, call) => {
      const answer = JSON.parse(JSON.stringify(serve(request, call))) as { items: unknown[]; total: number };
      const { offset = 0, limit = 1e9 } = request.parameters;
      return {
        ...answer,
        items: answer.items.slice(Number(offset), Number(offset) + Number(limit)),
      } as never;
    },
  });
  await collect(readWindows(streamOf(retrieval), locationRead(context)));
  return requests.length;
};

const paged = windowsRetrieval({ endpoint: thingsEndpoint({ paginator: offsetPages({ limit: 50 }) }) });
const unpaged = windowsRetrieval({ endpoint: thingsEndpoint(), mostRows: 100 });

test.each<[string, number, ReturnType<typeof windowsRetrieval>]>([
  ['pages', 0, paged],
  ['pages', 40, paged],
  ['pages', 600, paged],
  ['pages', 5_000, paged],
  ['one answer', 40, unpaged],
  ['one answer', 600, unpaged],
  ['one answer', 3_000, unpaged],
])(
  'windows of %s, %i rows in all, take about the requests that are reckoned with',
  async (_, rows, retrieval) => {
    const span = { since: 0, before: NOW - LAG_MS };
    const reckoned = windowRequests(retrieval, { span, rows, parents: 1 });
    const real = await requestsOfRead(rows, retrieval);
    expect(Math.abs(reckoned - real)).toBeLessThanOrEqual(Math.max(2, 0.1 * real));
  },
);

test('each parent is asked in each window, and nobody where there is none', () => {
  const span = { since: 0, before: NOW };
  const one = windowRequests(unpaged, { span, rows: 0, parents: 1 });
  expect(windowRequests(unpaged, { span, rows: 0, parents: 7 })).toBe(7 * one);
  expect(windowRequests(unpaged, { span, rows: 0, parents: 0 })).toBe(0);
});
