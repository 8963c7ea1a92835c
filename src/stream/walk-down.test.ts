import { describe, expect, test } from '@jest/globals';
import { isJsonArray, type JsonObject } from '../foundation/json.ts';
import { type Answer, createFakeContext, day, isoDay } from './doubles/fake-context.ts';
import { descentOf, descentServer } from './doubles/descent.ts';
import type { Descent, PageToken } from './definition.ts';
import { idOf } from './row-id.ts';
import { walkDown } from './walk-down.ts';

interface Given {
  readonly descent?: Partial<Descent>;
  readonly after?: PageToken;
  readonly downTo?: number;
  readonly total?: number;
  /** Default: the rows, in their order. */
  readonly answer?: Answer;
}

const run = async (rows: readonly JsonObject[], given: Given = {}) => {
  const { descent = {}, after, downTo = -Infinity, total } = given;
  const fake = createFakeContext({ answer: given.answer ?? descentServer(() => rows, total) });
  const read = {
    stream: 'things',
    scope: 'things.readonly',
    slice: { locationId: 'L1' },
    context: fake.context,
  };
  const pages: string[] = [];
  const tokens: (PageToken | undefined)[] = [];
  for await (const step of walkDown({ read, descent: descentOf(descent), after, downTo })) {
    pages.push(step.rows.map(idOf).join(' '));
    tokens.push(step.after);
  }
  const ids = pages.flatMap((page) => (page === '' ? [] : page.split(' ')));
  return { ...fake, pages, tokens, ids };
};

const row = (id: string, days: number): JsonObject => ({ id, at: isoDay(days) });
/** Tokens of a time that may be another one than the row shows. */
const placed: Partial<Descent> = {
  tokenOf: ({ at, place, id = null }) => [place ?? (typeof at === 'string' ? Date.parse(at) : null), id],
};
/** Tokens that tell nothing of the rows' order. */
const byId: Partial<Descent> = { tokenOf: ({ id = '' }) => ['at', id] };
const ROWS = [row('a', -1), row('b', -2), row('c', -3), row('d', -4), row('e', -5)];

describe('a walk from the newest row down', () => {
  test('gives every row, page by page, and ends with an empty one', async () => {
    const { pages, tokens, requests, held } = await run(ROWS);
    expect(pages).toEqual(['a b', 'c d', 'e', '']);
    expect(tokens).toEqual([[day(-2), 'b'], [day(-4), 'd'], [day(-5), 'e'], undefined]);
    expect(requests.map((request) => request.held)).toEqual([0, 0, 0, 0]);
    expect(held()).toBe(0);
  });

  test('does not ask again when the first page is short and holds the total', async () => {
    expect((await run(ROWS.slice(0, 1), { total: 1 })).requests).toHaveLength(1);
    expect((await run(ROWS.slice(0, 1))).requests).toHaveLength(2);
    expect((await run(ROWS.slice(0, 2), { total: 2 })).requests).toHaveLength(2);
  });

  test('does not take the last page of a resumed walk for the whole', async () => {
    expect((await run(ROWS, { after: [day(-4), 'd'], total: 1 })).requests).toHaveLength(2);
  });

  test('goes on after a place', async () => {
    expect((await run(ROWS, { after: [day(-2), 'b'] })).ids).toEqual(['c', 'd', 'e']);
  });

  test('fails when the pages do not advance', async () => {
    await expect(run(ROWS, { descent: { after: () => ({}) } })).rejects.toThrow('do not advance');
  });

  test('fails when a row names no place to go on from', async () => {
    await expect(run(ROWS, { descent: { tokenOf: () => undefined } })).rejects.toThrow('next page begins');
  });
});

describe('a walk down to an instant', () => {
  test('stops behind it, and gives what lies at it', async () => {
    const { ids, requests } = await run(ROWS, { downTo: day(-3) });
    expect(ids).toEqual(['a', 'b', 'c']);
    expect(requests).toHaveLength(2);
  });

  test('goes on while rows lie at it, because others may follow', async () => {
    const tied = [row('a', -1), row('b', -3), row('b2', -3), row('c', -4)];
    expect((await run(tied, { downTo: day(-3) })).ids).toEqual(['a', 'b', 'b2']);
  });

  test('asks once when nothing is as young', async () => {
    const { ids, requests } = await run(ROWS, { downTo: day(0) });
    expect([ids, requests.length]).toEqual([[], 1]);
  });

  test('goes to the very end when the order is broken', async () => {
    const broken = [row('a', -2), row('b', -1), row('c', -5), row('d', -6), row('e', -2)];
    const { ids } = await run(broken, { downTo: day(-3), descent: byId });
    expect(ids).toEqual(['a', 'b', 'e']);
  });

  // `b` changed after the page was put together: it is shown as it is now, in its place of before.
  test('judges the order by the rows’ places, where their tokens tell them', async () => {
    const changed = [row('a', -2), { ...row('b', -1), place: day(-2.5) }, row('c', -5), row('d', -6)];
    const { ids, requests } = await run(changed, { downTo: day(-3), descent: placed });
    expect([ids, requests.length]).toEqual([['a', 'b'], 2]);
    expect((await run(changed, { downTo: day(-3), descent: byId })).requests).toHaveLength(3);
  });

  test('does not stop at a row that is old but in a young place', async () => {
    const rows = [row('a', -1), { ...row('b', -9), place: day(-2) }, row('c', -2.5), row('d', -6)];
    expect((await run(rows, { downTo: day(-3), descent: placed })).ids).toEqual(['a', 'c']);
  });
});

describe('rows that share a place', () => {
  const tied = [row('a', -1), row('b', -2), row('b2', -2), row('c', -3)];
  const descent: Partial<Descent> = {
    limit: 2,
    sharedTokens: true,
    tokenOf: ({ at }) => (typeof at === 'string' ? [Date.parse(at)] : undefined),
  };

  test('are not parted by a page’s edge', async () => {
    const { pages } = await run(tied, { descent: { ...descent, limit: 2 } });
    expect(pages).toEqual(['a', 'b b2', 'c', '']);
  });

  test('are not taken off a page that came in another order: they would not come again', async () => {
    const answer: Answer = ({ parameters }) => {
      const [time] = isJsonArray(parameters['after']) ? parameters['after'] : [];
      if (time === undefined) return { items: [row('a', -1), row('d', -4), row('b', -2)] };
      return { items: time === day(-4) ? [row('e', -5)] : [] };
    };
    expect((await run([], { answer, descent: { ...descent, limit: 3 } })).ids).toContain('b');
  });

  test('come whole when the first page holds all there is', async () => {
    expect((await run(tied, { descent: { ...descent, limit: 5 }, total: 4 })).pages).toEqual(['a b b2 c']);
  });
});

describe('rows without the time that the walk goes by', () => {
  const silent = { id: 'silent' };

  test('come, and are no place to go on from', async () => {
    const { pages, tokens } = await run([row('a', -1), silent]);
    expect(pages).toEqual(['a silent', 'silent']);
    expect(tokens).toEqual([[day(-1), 'a'], undefined]);
  });

  test('are asked for once when the first page holds all there is', async () => {
    const { ids, requests } = await run([row('a', -1), silent], { total: 2, descent: { limit: 3 } });
    expect([ids, requests.length]).toEqual([['a', 'silent'], 1]);
  });

  test('come from a page of nothing else, which is the last', async () => {
    const { ids, requests, held } = await run([silent, { id: 'silent2' }]);
    expect([ids, requests.length, held()]).toEqual([['silent', 'silent2'], 1, 0]);
  });

  test('are warned of when they fill a page, because no more of them can be asked for', async () => {
    const { lines } = await run([row('a', -1), silent, { id: 'silent2' }, { id: 'silent3' }]);
    expect(lines).toContainEqual(expect.stringContaining('things of location L1: more rows without a time'));
    expect((await run([row('a', -1), silent])).lines).toEqual([]);
  });

  test('come in a walk to the very end only: they would come at each sync', async () => {
    const { ids } = await run([row('a', -1), silent, row('b', -2)], { downTo: day(-3) });
    expect(ids).toEqual(['a', 'b']);
  });

  test('do not hide what comes behind them', async () => {
    const { ids } = await run([row('a', -1), silent, row('b', -2)]);
    expect(ids).toEqual(['a', 'silent', 'silent', 'b']);
  });

  test('do not part rows that share a place from each other', async () => {
    const tied = [row('a', -1), row('b', -2), silent, row('b2', -2), row('c', -3)];
    const descent: Partial<Descent> = {
      limit: 3,
      sharedTokens: true,
      tokenOf: ({ at }) => (typeof at === 'string' ? [Date.parse(at)] : undefined),
    };
    expect(new Set((await run(tied, { descent })).ids)).toEqual(new Set(['a', 'b', 'silent', 'b2', 'c']));
  });
});
