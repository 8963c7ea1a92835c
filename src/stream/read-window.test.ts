import { describe, expect, test } from '@jest/globals';
import { transientError } from '../foundation/errors.ts';
import { type JsonObject, textAt } from '../foundation/json.ts';
import { collect } from './doubles/collect-events.ts';
import { type Answer, createFakeContext, day, isoDay } from './doubles/fake-context.ts';
import {
  offsetServer,
  streamOf,
  thingsEndpoint,
  windowServer,
  windowsRetrieval,
} from './doubles/test-streams.ts';
import type { WindowsRetrieval } from './definition.ts';
import { createCutWatch } from './cut-watch.ts';
import { createIdSet } from './id-set.ts';
import { offsetPages } from './paginators.ts';
import { readWindow } from './read-window.ts';

interface Given {
  readonly retrieval?: Partial<WindowsRetrieval>;
  readonly parents?: readonly (JsonObject | undefined)[];
  readonly window?: { readonly since: number; readonly before: number };
  readonly parallel?: number;
  readonly seenBefore?: readonly string[];
}

const run = async (answer: Answer, given: Given = {}) => {
  const { retrieval = {}, parents = [undefined], window = { since: day(-10), before: day(0) } } = given;
  const fake = createFakeContext({ answer, parallel: given.parallel ?? 1 });
  const stream = streamOf(windowsRetrieval(retrieval));
  const seen = createIdSet();
  for (const id of given.seenBefore ?? []) seen.add(id);
  const events = readWindow(stream, {
    window,
    parents,
    context: fake.context,
    seen,
    cuts: createCutWatch(),
  });
  return { ...(await collect(events)), ...fake, seen };
};

const row = (id: string, days: number, more: JsonObject = {}): JsonObject => ({
  id,
  at: isoDay(days),
  ...more,
});
const rowsOf = (count: number): readonly JsonObject[] =>
  Array.from({ length: count }, (_, index) => row(`r${index}`, -1));
/** Counts what lies in the window, and gives so many of it at most. */
const cutServer = (rows: readonly JsonObject[], most = Infinity): Answer =>
  windowServer(() => rows, { most, total: (inside) => inside.length });
const unpaged = thingsEndpoint();

describe('the rows of a window', () => {
  test('begin with its first instant and end before its last', async () => {
    const all = [row('before', -10.001), row('first', -10), row('last', -0.001), row('after', 0)];
    expect((await run(() => ({ items: all }))).ids).toEqual(['first', 'last']);
  });

  test('that are far off are taken: no other window would bring them', async () => {
    const seconds = { id: 'seconds', at: 1_704_067_200 };
    const { ids } = await run(() => ({ items: [seconds, row('far', 100), row('near', 1), row('mine', -1)] }));
    expect(ids).toEqual(['seconds', 'far', 'mine']);
  });

  test('that do not say their time are taken as they come', async () => {
    expect((await run(() => ({ items: [{ id: 'silent' }] }))).ids).toEqual(['silent']);
  });

  test('that are all left to other windows give a sign of life', async () => {
    expect((await run(() => ({ items: [row('x', 1)] }))).trace).toEqual(['alive']);
  });

  test('come of every parent and every pass, a row once', async () => {
    const endpoint = thingsEndpoint({ passes: [{ parameters: {} }, { parameters: { channel: 'Email' } }] });
    const { ids, requests } = await run(
      ({ parameters }) => ({
        items: [
          row('shared', -1),
          row(`${textAt(parameters, 'parent') ?? ''}${textAt(parameters, 'channel') ?? ''}`, -1),
        ],
      }),
      { retrieval: { endpoint }, parents: [{ id: 'p' }, { id: 'q' }] },
    );
    expect([...ids].sort()).toEqual(['p', 'pEmail', 'q', 'qEmail', 'shared']);
    expect(requests).toHaveLength(4);
  });

  test('do not come again when they came before', async () => {
    const items = [row('came', -1), row('new', -1)];
    const { ids, seen } = await run(() => ({ items }), { seenBefore: ['came'] });
    expect([ids, seen.size()]).toEqual([['new'], 2]);
  });

  test('that are left to other windows do not count as having come', async () => {
    const { seen } = await run(() => ({ items: [row('mine', -1), row('other', 0.5)] }));
    expect([seen.add('other'), seen.add('mine')]).toEqual([true, false]);
  });

  test('of several parents are asked for at once, as many as may be', async () => {
    const parents = ['p', 'q', 'r', 's'].map((id) => ({ id }));
    const server = windowServer(() => parents.map(({ id }) => row(`of ${id}`, -1, { parent: id })));
    const { ids, requests } = await run(server, { parents, parallel: 2 });
    expect(ids).toHaveLength(4);
    expect(Math.max(...requests.map(({ held }) => held))).toBe(1);
  });

  test('of a parent that is gone are none, and those of the others still come', async () => {
    const parents = [{ id: 'gone' }, { id: 'p' }];
    const { ids, kinds } = await run(
      ({ parameters: { parent } }) =>
        parent === 'gone' ? transientError('not found', { status: 404 }) : { items: [row('a', -1)] },
      { parents },
    );
    expect(ids).toEqual(['a']);
    expect(kinds).not.toContain('gap');
  });
});

describe('a window that holds too much', () => {
  const mostRows = 10;
  const shortestMs = 60_000;

  test('is told with what it holds, and none of it comes', async () => {
    const { trace, sizes, seen } = await run(cutServer(rowsOf(11)), { retrieval: { mostRows } });
    expect([trace, sizes, seen.size()]).toEqual([['too_large'], [11], 0]);
  });

  test('is none when it holds just as much as may be', async () => {
    const { ids, kinds } = await run(cutServer(rowsOf(10)), { retrieval: { mostRows } });
    expect(ids).toHaveLength(10);
    expect(kinds).not.toContain('too_large');
  });

  // Whoever hears of it asks for other windows, and would wait for this memory for ever.
  test('has given its memory back when it is told', async () => {
    const { context, held } = createFakeContext({ answer: cutServer(rowsOf(11)), parallel: 2 });
    const stream = streamOf(windowsRetrieval({ mostRows }));
    const read = { window: { since: day(-10), before: day(0) }, parents: [undefined], context };
    const heldThen: number[] = [];
    for await (const { kind } of readWindow(stream, {
      ...read,
      seen: createIdSet(),
      cuts: createCutWatch(),
    })) {
      if (kind === 'too_large') heldThen.push(held());
    }
    expect([heldThen, held()]).toEqual([[0], 0]);
  });

  test('is not read for the parents after', async () => {
    const rows = rowsOf(11).map((one) => ({ ...one, parent: 'p' }));
    const { requests } = await run(cutServer(rows), {
      retrieval: { mostRows },
      parents: [{ id: 'p' }, { id: 'q' }],
    });
    expect(requests.map(({ parameters }) => parameters['parent'])).toEqual(['p']);
  });

  test('holds no memory of other parents once it is through', async () => {
    const rows = rowsOf(11).map((one) => ({ ...one, parent: 'p' }));
    const parents = ['q', 'p', 'r', 's'].map((id) => ({ id }));
    const { kinds, held } = await run(cutServer(rows), { retrieval: { mostRows }, parents, parallel: 4 });
    expect([kinds.at(-1), held()]).toEqual(['too_large', 0]);
  });

  test('is one whose only answer holds fewer rows than it counts', async () => {
    const retrieval = { endpoint: unpaged };
    expect(await run(cutServer(rowsOf(12), 10), { retrieval })).toMatchObject({
      trace: ['too_large'],
      sizes: [12],
    });
  });

  test.each([50, 100, 200, 250, 500, 1000, 2000])(
    'may be one whose only answer has %j rows and does not count them',
    async (count) => {
      const answer = windowServer(() => rowsOf(count));
      const retrieval = { endpoint: unpaged, mostRows: 10_000 };
      expect((await run(answer, { retrieval })).sizes).toEqual([count]);
      expect((await run(cutServer(rowsOf(count)), { retrieval })).ids).toHaveLength(count);
      expect((await run(answer, { retrieval: { mostRows: 10_000 } })).ids).toHaveLength(count);
    },
  );

  test.each([49, 51, 150])('is none whose only answer has %j rows', async (count) => {
    const { ids } = await run(
      windowServer(() => rowsOf(count)),
      { retrieval: { endpoint: unpaged } },
    );
    expect(ids).toHaveLength(count);
  });

  test.each([
    [2 * shortestMs, true],
    [2 * shortestMs - 1, false],
  ])('is one only if it could be halved: %j ms, %j', async (lengthMs, isTooLarge) => {
    const window = { since: day(-1), before: day(-1) + lengthMs };
    const { kinds } = await run(cutServer(rowsOf(11)), { retrieval: { mostRows, shortestMs }, window });
    expect(kinds.includes('too_large')).toBe(isTooLarge);
  });
});

describe('a window that cannot be shorter', () => {
  const window = { since: day(-1), before: day(0) };
  const shortest = { mostRows: 10, shortestMs: day(0) - day(-1) };

  test('has a gap where its only answer holds fewer rows than it counts', async () => {
    const { kinds, ids, lines } = await run(cutServer(rowsOf(12), 10), {
      retrieval: { ...shortest, endpoint: unpaged },
      window,
    });
    expect([ids.length, kinds.at(-1)]).toEqual([10, 'gap']);
    expect(lines.join()).toContain('counts 12 rows but gives 10');
  });

  test('is read by its pages, however many they are', async () => {
    const endpoint = thingsEndpoint({ paginator: offsetPages({ limit: 10 }) });
    const answer = offsetServer(
      () => rowsOf(45),
      () => 45,
    );
    const { ids, kinds } = await run(answer, { retrieval: { ...shortest, endpoint }, window });
    expect(ids).toHaveLength(45);
    expect(kinds).not.toContain('gap');
  });
});
