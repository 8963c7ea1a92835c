import { describe, expect, test } from '@jest/globals';
import { configError, transientError } from '../foundation/errors.ts';
import type { JsonObject } from '../foundation/json.ts';
import { createCutWatch } from './cut-watch.ts';
import { collect } from './doubles/collect-events.ts';
import { type Answer, createFakeContext } from './doubles/fake-context.ts';
import { manyRows, offsetServer, thingsEndpoint } from './doubles/test-streams.ts';
import type { Paginator } from './endpoint.ts';
import { createIdSet } from './id-set.ts';
import { cursorPages, numberedPages, offsetPages } from './paginators.ts';
import { readPages } from './read-pages.ts';

interface Given {
  readonly answer: Answer;
  readonly paginator?: Paginator | undefined;
  readonly mostRows?: number;
  readonly parent?: JsonObject;
  readonly seenBefore?: readonly string[];
}

const run = async (given: Given) => {
  const { answer, mostRows, parent, seenBefore = [] } = given;
  const paginator = 'paginator' in given ? given.paginator : offsetPages({ limit: 10 });
  const fake = createFakeContext({ answer });
  const seen = createIdSet();
  for (const id of seenBefore) seen.add(id);
  const collected = await collect(
    readPages(
      {
        stream: 'things',
        scope: 'things.readonly',
        endpoint: thingsEndpoint({ paginator }),
        slice: { locationId: 'L1', parent },
        pass: { parameters: {} },
        context: fake.context,
      },
      { seen, mostRows, cuts: createCutWatch() },
    ),
  );
  return { ...collected, ...fake };
};

const totalOf = (rows: readonly JsonObject[]): number => rows.length;
const idsOf = (rows: readonly JsonObject[]) => rows.map(({ id }) => id);

describe('the pages of a list', () => {
  test.each([0, 1, 5, 9, 10, 11, 15, 16, 20, 25, 100])('give each of %j rows once', async (count) => {
    const { ids, kinds, held } = await run({ answer: offsetServer(() => manyRows(count), totalOf) });
    expect(ids).toEqual(idsOf(manyRows(count)));
    expect(kinds).not.toContain('gap');
    expect(held()).toBe(0);
  });

  test.each([0, 9, 10, 11, 25])('give each of %j rows once also without a total', async (count) => {
    const { ids, kinds } = await run({ answer: offsetServer(() => manyRows(count)) });
    expect(ids).toEqual(idsOf(manyRows(count)));
    expect(kinds).not.toContain('gap');
  });

  test('are read to the end though the server caps them in silence', async () => {
    const capped: Answer = (request, call) => {
      const { limit, ...rest } = request.parameters;
      expect(limit).toBe(10);
      return offsetServer(() => manyRows(30), totalOf)(
        { ...request, parameters: { ...rest, limit: 7 } },
        call,
      );
    };
    expect((await run({ answer: capped })).ids).toHaveLength(30);
  });

  test('are one in memory at a time', async () => {
    const { requests } = await run({ answer: offsetServer(() => manyRows(40), totalOf) });
    expect(requests.map(({ held }) => held)).toEqual(requests.map(() => 0));
  });

  test('leave out what came before, and are still whole', async () => {
    const { ids, kinds } = await run({
      answer: offsetServer(() => manyRows(3), totalOf),
      seenBefore: ['r0001'],
    });
    expect(ids).toEqual(['r0000', 'r0002']);
    expect(kinds).not.toContain('gap');
  });

  test('give a sign of life where there is nothing new', async () => {
    const { trace } = await run({
      answer: offsetServer(() => manyRows(1), totalOf),
      seenBefore: ['r0000'],
    });
    expect(trace).toEqual(['alive']);
  });

  test('fail when they come again and again', async () => {
    const answer: Answer = () => ({ items: manyRows(10), total: 30 });
    await expect(run({ answer })).rejects.toThrow('do not advance');
    await expect(run({ answer, paginator: numberedPages({ limit: 10 }) })).rejects.toThrow('do not advance');
  });

  test('fail when their cursor names the same place twice', async () => {
    const answer: Answer = (_, call) => ({ items: manyRows(10, call * 10), nextCursor: 'same' });
    await expect(run({ answer, paginator: cursorPages({ limit: 10 }) })).rejects.toThrow('do not advance');
  });
});

describe('a list that changes while it is read', () => {
  test('loses no row when up to as many rows as pages overlap are deleted', async () => {
    const { ids } = await run({
      answer: offsetServer((call) => manyRows(30).slice(call === 1 ? 0 : 5), totalOf),
    });
    expect(ids).toEqual(idsOf(manyRows(30)));
  });

  test('gives no row twice when rows are added in front', async () => {
    const added = [{ id: 'new1' }, { id: 'new2' }];
    const { ids } = await run({
      answer: offsetServer((call) => [...(call === 1 ? [] : added), ...manyRows(30)], totalOf),
    });
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(idsOf(manyRows(30))));
  });

  test('is read again when it is short of its total, and gives only what is new', async () => {
    // The first walk misses a row that lies before its place by then.
    const answer = offsetServer(
      (call) => (call <= 3 ? manyRows(12) : manyRows(13)),
      () => 13,
    );
    const { ids, kinds, lines } = await run({ answer });
    expect(ids).toEqual(idsOf(manyRows(13)));
    expect(kinds).not.toContain('gap');
    expect(lines.join()).toContain('reading it again');
  });

  test('has a gap when it stays short, which is told after its rows, and warned about', async () => {
    const { trace, ids, lines, requests } = await run({
      answer: offsetServer(
        () => manyRows(3),
        () => 4,
      ),
    });
    expect(ids).toEqual(idsOf(manyRows(3)));
    expect(trace.at(-1)).toBe('gap');
    expect(lines.join()).toMatch(/warn: things of location L1: HighLevel counts 4 rows but gives 3/);
    // Three walks of a page and an empty one.
    expect(requests.length).toBeLessThanOrEqual(6);
  });

  test('has a gap when it is empty though it has a total', async () => {
    expect((await run({ answer: () => ({ items: [], total: 4 }) })).trace).toContain('gap');
  });

  test('has a gap when an answer without pages holds fewer than it counts', async () => {
    const answer: Answer = () => ({ items: manyRows(3), total: 4 });
    const { trace } = await run({ answer, paginator: undefined });
    expect(trace).toEqual(['rows r0000 r0001 r0002', 'alive', 'alive', 'gap']);
  });

  test('loses no row either when more rows are deleted than pages overlap', async () => {
    const { ids } = await run({
      answer: offsetServer((call) => manyRows(30).slice(call === 1 ? 0 : 10), totalOf),
    });
    expect(ids).toEqual(expect.arrayContaining(idsOf(manyRows(20, 10))));
  });
});

describe('a list of more rows than may be', () => {
  const answer = offsetServer(() => manyRows(25), totalOf);

  test('is not read', async () => {
    const { trace, requests, held } = await run({ answer, mostRows: 24 });
    expect([trace, requests.length, held()]).toEqual([['too_large'], 1, 0]);
  });

  test('is read when it has just as many', async () => {
    expect((await run({ answer, mostRows: 25 })).ids).toHaveLength(25);
  });

  test('is judged by its first page, not by what is added later', async () => {
    const grows = offsetServer((call) => manyRows(call === 1 ? 20 : 22), totalOf);
    const { ids, kinds } = await run({ answer: grows, mostRows: 20 });
    expect(ids).toHaveLength(22);
    expect(kinds).not.toContain('too_large');
  });

  test('is not read either when its one answer is cut short', async () => {
    const cut: Answer = () => ({ items: manyRows(10), total: 25 });
    expect((await run({ answer: cut, mostRows: 100, paginator: undefined })).trace).toEqual(['too_large']);
  });
});

describe('a place that the server forgets', () => {
  const serverThatForgets =
    (times: number, error = transientError('expired', { status: 400 })): Answer =>
    ({ parameters: { cursor } }, call) => {
      if (cursor !== undefined && call <= times * 2) return error;
      return cursor === undefined
        ? { items: manyRows(10), total: 15, nextCursor: `c${call}` }
        : { items: manyRows(5, 10), total: 15 };
    };
  const paginator = cursorPages({ limit: 10 });

  test('is reached anew, and nothing comes twice', async () => {
    const { ids, kinds } = await run({ answer: serverThatForgets(1), paginator });
    expect(ids).toEqual(idsOf(manyRows(15)));
    expect(kinds).not.toContain('gap');
  });

  test('is an error when it is forgotten again and again', async () => {
    await expect(run({ answer: serverThatForgets(9), paginator })).rejects.toThrow('expired');
  });

  test('is an error where places do not expire', async () => {
    let asked = 0;
    const answer: Answer = (_, call) => {
      asked = call;
      return call === 1 ? { items: manyRows(10), total: 15 } : transientError('bad', { status: 400 });
    };
    await expect(run({ answer })).rejects.toThrow('bad');
    expect(asked).toBe(2);
  });

  test.each([
    ['a server that is down', transientError('down', { status: 500 })],
    ['a location that is closed', configError('closed', { status: 400, access: 'inactive' })],
  ])('is not taken for %s', async (_, error) => {
    await expect(run({ answer: serverThatForgets(1, error), paginator })).rejects.toThrow(error.message);
  });

  test('is none at the first page', async () => {
    let asked = 0;
    const answer: Answer = (_, call) => {
      asked = call;
      return transientError('bad', { status: 400 });
    };
    await expect(run({ answer, paginator })).rejects.toThrow('bad');
    expect(asked).toBe(1);
  });
});

describe('a parent that is gone', () => {
  const gone = transientError('not found', { status: 404 });

  test('is told, and has no gap', async () => {
    expect((await run({ answer: () => gone, parent: { id: 'p' } })).trace).toEqual(['gone']);
  });

  test('is told also when it goes between two pages', async () => {
    const answer: Answer = (_, call) => (call === 1 ? { items: manyRows(10), total: 30 } : gone);
    const { trace, ids } = await run({ answer, parent: { id: 'p' } });
    expect(ids).toHaveLength(10);
    expect(trace).toContain('gone');
    expect(trace).not.toContain('gap');
  });
});
