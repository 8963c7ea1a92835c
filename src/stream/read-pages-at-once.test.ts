import { describe, expect, test } from '@jest/globals';
import { transientError } from '../foundation/errors.ts';
import type { JsonObject } from '../foundation/json.ts';
import { collect } from './doubles/collect-events.ts';
import { type Answer, createFakeContext } from './doubles/fake-context.ts';
import { manyRows, offsetServer, thingsEndpoint } from './doubles/test-streams.ts';
import type { Paginator } from './endpoint.ts';
import { createIdSet } from './id-set.ts';
import { cursorPages, numberedPages, offsetPages } from './paginators.ts';
import { readPages } from './read-pages.ts';

interface Given {
  readonly answer: Answer;
  readonly paginator: Paginator;
  readonly atOnce?: number;
}

const run = async ({ answer, paginator, atOnce }: Given) => {
  const fake = createFakeContext({ answer, turns: (call) => (call * 7) % 5 });
  const read = {
    stream: 'things',
    scope: 'things.readonly',
    endpoint: thingsEndpoint({ paginator }),
    slice: { locationId: 'L1' },
    pass: { parameters: {} },
    context: fake.context,
  };
  return { ...(await collect(readPages(read, { seen: createIdSet(), atOnce }))), ...fake };
};

const totalOf = (rows: readonly JsonObject[]): number => rows.length;
const idsOf = (rows: readonly JsonObject[]) => rows.map(({ id }) => id);

describe('the pages of a list that are read at once', () => {
  const paginator = offsetPages({ limit: 20 });
  const placesOf = (requests: readonly { readonly parameters: JsonObject }[]): readonly number[] =>
    requests
      .map(({ parameters }) => Number(parameters['offset'] ?? parameters['page']))
      .sort((a, b) => a - b);

  test.each([
    ['offset', offsetPages({ limit: 20 })],
    ['number', numberedPages({ limit: 20 })],
  ])('are those that would be read one by one, by %s', async (kind, places) => {
    for (const count of [0, 1, 19, 20, 21, 49, 50, 51, 65, 80, 200, 201, 219]) {
      const answer: Answer = (request, call) => {
        const page = Number(request.parameters['page'] ?? 1);
        const parameters =
          kind === 'number' ? { ...request.parameters, offset: (page - 1) * 20 } : request.parameters;
        return offsetServer(() => manyRows(count), totalOf)({ ...request, parameters }, call);
      };
      const one = await run({ answer, paginator: places });
      const several = await run({ answer, paginator: places, atOnce: 4 });
      expect([...several.ids].sort()).toEqual(idsOf(manyRows(count)));
      expect(several.kinds).not.toContain('gap');
      expect(placesOf(several.requests)).toEqual(placesOf(one.requests));
      expect(several.held()).toBe(0);
    }
  });

  test('are as many as may be', async () => {
    const answer = offsetServer(() => manyRows(200), totalOf);
    expect((await run({ answer, paginator, atOnce: 4 })).mostAtOnce()).toBe(4);
    expect((await run({ answer, paginator, atOnce: 1 })).mostAtOnce()).toBe(1);
  });

  test.each([
    [
      'that does not say how many rows there are',
      offsetServer(() => manyRows(200)),
      offsetPages({ limit: 20 }),
    ],
    [
      'whose answers say where the next one begins',
      offsetServer(
        () => manyRows(200).slice(0, 20),
        () => 200,
      ),
      cursorPages({ limit: 20 }),
    ],
  ])('are none of a list %s', async (_, answer, places) => {
    const { mostAtOnce } = await run({ answer, paginator: places, atOnce: 4 });
    expect(mostAtOnce()).toBe(1);
  });

  test('are given up soon where the total is far too large', async () => {
    const answer = offsetServer(
      () => manyRows(30),
      () => 1_000_000,
    );
    const { ids, kinds, requests } = await run({ answer, paginator, atOnce: 4 });
    expect([ids.length, kinds.at(-1)]).toEqual([30, 'gap']);
    expect(requests.length).toBeLessThan(40);
  });

  test('are given up soon where the server does not heed what it is asked for', async () => {
    let asked = 0;
    const answer: Answer = (_, call) => {
      asked = call;
      return { items: [...manyRows(20)], total: 1_000 };
    };
    await expect(run({ answer, paginator, atOnce: 4 })).rejects.toThrow('same rows');
    expect(asked).toBeLessThan(15);
  });

  test('are read one by one when rows have moved between them, and all are read', async () => {
    // The first of all rows goes away again and again while the others are read.
    const answer = offsetServer(
      (call) => manyRows(200 - Math.min(call, 9) * 3, Math.min(call, 9) * 3),
      totalOf,
    );
    const { ids, kinds, lines } = await run({ answer, paginator, atOnce: 4 });
    expect(ids).toEqual(expect.arrayContaining([...idsOf(manyRows(173, 27))]));
    expect(kinds).not.toContain('gap');
    expect(lines.join()).toContain('reading it again');
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('end with the failure of one of them', async () => {
    for (const failing of [2, 3, 5, 7]) {
      const served = offsetServer(() => manyRows(100), totalOf);
      const answer: Answer = (request, call) =>
        call === failing ? transientError('broken') : served(request, call);
      await expect(run({ answer, paginator, atOnce: 4 })).rejects.toThrow('broken');
    }
  });
});
