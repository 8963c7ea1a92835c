import { expect, test } from '@jest/globals';
import { collect } from '../doubles/collect-events.ts';
import { createFakeContext } from '../doubles/fake-context.ts';
import { manyRows, offsetServer, streamOf, thingsEndpoint } from '../doubles/test-streams.ts';
import { offsetPages } from '../paginators.ts';
import { readList } from '../read-list.ts';
import { listRequests } from './list-requests.ts';

const LIMIT = 20;
const paginator = offsetPages({ limit: LIMIT });

const requestsOfRead = async (count: number): Promise<number> => {
  const rows = manyRows(count);
  const { context, requests } = createFakeContext({
    answer: offsetServer(
      () => rows,
      (all) => all.length,
    ),
  });
  const stream = streamOf({ kind: 'list', endpoint: thingsEndpoint({ paginator }) });
  await collect(readList(stream, context));
  return requests.length;
};

test.each([0, 1, 19, 20, 21, 34, 35, 36, 50, 100, 333])(
  'a list of %i rows takes as many requests as are reckoned with',
  async (count) => {
    expect(listRequests(count, paginator)).toBe(await requestsOfRead(count));
  },
);

test('a list that is one answer takes one request, however long it is', () => {
  expect(listRequests(5_000, undefined)).toBe(1);
});
