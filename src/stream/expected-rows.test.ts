import { describe, expect, test } from '@jest/globals';
import { parseIso } from '../foundation/instant.ts';
import { descentOf, descentServer } from './doubles/descent.ts';
import { collect } from './doubles/collect-events.ts';
import { type Answer, createFakeContext, day, isoDay, locationRead } from './doubles/fake-context.ts';
import { manyRows, offsetServer, streamOf, thingsEndpoint } from './doubles/test-streams.ts';
import type { StreamDefinition } from './definition.ts';
import type { LocationRead } from './location-read.ts';
import { offsetPages } from './paginators.ts';
import { incrementalReader, readerInFull, type StreamReader } from './reader.ts';

const endpoint = thingsEndpoint({ paginator: offsetPages({ limit: 10 }) });
const changed = {
  column: 'changed',
  valueOf: () => parseIso(isoDay(-1)),
};
const isFolder = (): boolean => false;

const lists = {
  plain: streamOf({ kind: 'list', endpoint }),
  withTimes: streamOf({ kind: 'list', endpoint, changed }),
  withFolders: streamOf({ kind: 'list', endpoint, folders: { isFolder, areOpened: false } }),
  inPasses: streamOf({
    kind: 'list',
    endpoint: thingsEndpoint({ passes: [{ parameters: { status: 'open' } }, { parameters: {} }] }),
  }),
};
const newestFirst = streamOf({ kind: 'newest_first', descent: descentOf(), fullPassDays: 7 });

const answerOf = (total: number): Answer =>
  offsetServer(
    () => manyRows(total),
    (rows) => rows.length,
  );

const expectedBy = async (
  reader: StreamReader | undefined,
  answer: Answer,
  given: Partial<LocationRead> = {},
): Promise<readonly number[]> => {
  const told: number[] = [];
  const { context } = createFakeContext({ answer });
  const expects = (rows: number): void => void told.push(rows);
  if (reader !== undefined) await collect(reader.read(locationRead({ ...context, expects }, given)));
  return told;
};

describe('how many rows a list will bring is told', () => {
  test('once, with its first page', async () => {
    expect(await expectedBy(readerInFull(lists.plain), answerOf(25))).toEqual([25]);
    expect(await expectedBy(readerInFull(lists.withTimes), answerOf(25))).toEqual([25]);
  });

  test('once, also when it is read again', async () => {
    // It says that there is one more than there are.
    const short = offsetServer(
      () => manyRows(25),
      (rows) => rows.length + 1,
    );
    expect(await expectedBy(readerInFull(lists.plain), short)).toEqual([26]);
  });

  test('when it is read for the first time, but not when only some of its rows will come', async () => {
    const reader = incrementalReader(lists.withTimes);
    expect(await expectedBy(reader, answerOf(25))).toEqual([25]);
    expect(await expectedBy(reader, answerOf(25), { startDate: day(-9) })).toEqual([]);
    expect(await expectedBy(reader, answerOf(25), { state: { changed: isoDay(-3) } })).toEqual([]);
    expect(await expectedBy(readerInFull(lists.withTimes), answerOf(25), { startDate: day(-9) })).toEqual([]);
  });

  test.each<readonly [string, StreamDefinition]>([
    ['folders are counted with the rows', lists.withFolders],
    ['rows may come in several passes', lists.inPasses],
  ])('not where %s', async (_, stream) => {
    expect(await expectedBy(readerInFull(stream), answerOf(25))).toEqual([]);
  });
});

describe('how many rows a walk from the newest row down will bring', () => {
  const ROWS = [-1, -2, -3, -4, -5].map((days) => ({ id: `r${days}`, at: isoDay(days) }));
  const answer = descentServer(() => ROWS, ROWS.length);

  test('is told with its first page when it goes down to the very end', async () => {
    expect(await expectedBy(readerInFull(newestFirst), answer)).toEqual([5]);
    expect(await expectedBy(incrementalReader(newestFirst), answer)).toEqual([5]);
  });

  test('is not known when it ends before', async () => {
    expect(await expectedBy(readerInFull(newestFirst), answer, { startDate: day(-3) })).toEqual([]);
    expect(await expectedBy(incrementalReader(newestFirst), answer, { startDate: day(-3) })).toEqual([]);
  });
});
