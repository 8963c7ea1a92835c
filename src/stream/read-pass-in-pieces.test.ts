import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../foundation/json.ts';
import { type Answer, day } from './doubles/fake-context.ts';
import { thingsEndpoint, windowServer } from './doubles/test-streams.ts';
import { rowAt as row, runPass as run } from './doubles/windows-pass.ts';
import { idOf } from './row-id.ts';
import { rowTime } from './row-time.ts';

const BIRTH = Date.UTC(2018, 0, 1);
const unpaged = thingsEndpoint();

describe('a window that is too large', () => {
  const mostRows = 10;
  const retrieval = { mostRows, endpoint: unpaged };
  const next = day(-10);
  const at = rowTime('at', 'at');
  /** One row every four hours. */
  const spread = Array.from({ length: 60 }, (_, index) => row(`r${index}`, day(-10 + index / 6)));
  const cutServer = (rows: readonly JsonObject[]): Answer =>
    windowServer(() => rows, { most: mostRows, total: (inside) => inside.length });
  const idsOf = (rows: readonly JsonObject[]) => rows.map(idOf);

  test('is read in pieces, without a seam and without an overlap, and loses nothing', async () => {
    const { ids, kinds, windows, pieces } = await run(spread, {
      next,
      retrieval,
      answer: cutServer(spread),
    });
    expect(windows[0]).toEqual([next, day(0)]);
    expect(ids).toEqual(idsOf(spread));
    expect(kinds).not.toContain('gap');
    expect(pieces.length).toBeGreaterThan(5);
    expect([pieces[0]?.[0], pieces.at(-1)?.[1]]).toEqual([next, day(0)]);
    expect(windows).toEqual(expect.arrayContaining(pieces.map((piece) => [...piece])));
  });

  test('is asked for again from where it began', async () => {
    const { windows, pieces } = await run(spread, { next, retrieval });
    const begins = new Set(pieces.map(([since]) => since));
    expect(windows.filter(([since]) => !begins.has(since))).toEqual([]);
  });

  test('has a checkpoint behind each of its pieces', async () => {
    const { trace, pieces } = await run(spread, { next, retrieval });
    expect(trace.filter((_, index) => index % 2 === 1)).toEqual(pieces.map(() => 'checkpoint'));
    const first = spread.filter((one) => (at.valueOf(one) ?? 0) < (pieces[0]?.[1] ?? 0));
    expect(trace[0]).toBe(['rows', ...idsOf(first)].join(' '));
  });

  test('ends between two pieces when the time of the sync is over, and goes on from there', async () => {
    const first = await run(spread, { next, retrieval, isOver: () => true });
    expect(first.ends).toEqual([{ isThrough: false, hasGap: false }]);
    expect(first.pieces).toHaveLength(1);
    const second = await run(spread, { next: first.pieces[0]?.[1] ?? 0, retrieval });
    expect([...first.ids, ...second.ids]).toEqual(idsOf(spread));
  });

  test('costs few requests besides those of its pieces', async () => {
    const { requests, pieces } = await run(spread, { next, retrieval });
    expect(requests.length - pieces.length).toBeLessThanOrEqual(3);
    const even = Array.from({ length: 5_000 }, (_, index) => row(`r${index}`, day(-500 + index / 10)));
    const long = await run(even, { next: day(-500), retrieval: { ...retrieval, mostRows: 100 } });
    expect(long.ids).toHaveLength(5_000);
    expect(long.requests.length).toBeLessThan((5_000 / 60) * 1.2);
  });

  test('is made shorter and shorter where its rows are crowded', async () => {
    // A row every three quarters of a minute, for half an hour.
    const crowd = Array.from({ length: 40 }, (_, index) => row(`r${index}`, day(-1) + index * 43_200));
    const { ids, kinds, requests } = await run(crowd, { next, retrieval, answer: cutServer(crowd) });
    expect(ids).toEqual(idsOf(crowd));
    expect(kinds).not.toContain('gap');
    expect(requests.length).toBeLessThan(60);
  });

  test('has a gap where it can be no shorter, and what follows comes all the same', async () => {
    const sameInstant = Array.from({ length: 12 }, (_, index) => row(`r${index}`, day(-1)));
    const rows = [...sameInstant, row('after', day(-0.5))];
    const { kinds, ids, ends, requests } = await run(rows, { next, retrieval, answer: cutServer(rows) });
    expect(kinds.filter((kind) => kind === 'gap')).toHaveLength(1);
    expect([ids.length, ids.at(-1)]).toEqual([11, 'after']);
    expect(ends).toEqual([{ isThrough: true, hasGap: true }]);
    expect(requests.length).toBeLessThan(100);
  });

  test('gives nothing twice, though other parents had given theirs before it was found to be', async () => {
    const few = [-9, -5, -1].map((at) => row(`p${at}`, day(at), { parent: 'p' }));
    const rows = [...few, ...spread.map((one) => ({ ...one, parent: 'q' }))];
    const parents = [{ id: 'p' }, { id: 'q' }];
    const { ids, trace } = await run(rows, { next, retrieval, parents, answer: cutServer(rows) });
    expect(trace[0]).toBe('rows p-9 p-5 p-1');
    expect(ids).toHaveLength(63);
    expect(new Set(ids).size).toBe(63);
  });

  test.each([1, 2, 6])(
    'loses nothing of what other parents had been answered when it was found to be, %j requests at once',
    async (parallel) => {
      const few = [-9, -5, -1].map((at) => row(`p${at}`, day(at), { parent: 'p' }));
      const rows = [...few, ...spread.map((one) => ({ ...one, parent: 'q' }))];
      for (const names of [
        ['q', 'p'],
        ['p', 'q'],
      ]) {
        const parents = names.map((id) => ({ id }));
        const { ids } = await run(rows, { next, retrieval, parents, parallel, answer: cutServer(rows) });
        expect([...ids].sort()).toEqual(idsOf(rows).toSorted());
      }
    },
  );

  // Bounds that are dates give what lies around the window too, and again to the window whose own it is.
  test('loses nothing that the API gave to a piece besides its own', async () => {
    const rows = spread.map((one) => ({ ...one, parent: 'q' }));
    const exact = cutServer(rows);
    // `q` is asked first, and too large: the first that is heard of the row is that it is another piece's.
    const parents = [{ id: 'q' }, { id: 'p' }];
    const { pieces } = await run(rows, { next, retrieval, parents, answer: exact });
    for (const [, edge] of pieces.slice(0, -1)) {
      const slack = row('slack', edge, { parent: 'p' });
      const answer: Answer = (request, call) =>
        request.parameters['parent'] === 'p' ? { items: [slack], total: 1 } : exact(request, call);
      const { ids } = await run(rows, { next, retrieval, parents, answer });
      expect(ids.filter((id) => id === 'slack')).toHaveLength(1);
    }
  });

  test('does not wait for memory of its own', async () => {
    const parents = ['p', 'q', 'r'].map((id) => ({ id }));
    const rows = parents.flatMap(({ id }) =>
      spread.map((one) => ({ ...one, id: `${idOf(one)}${id}`, parent: id })),
    );
    for (const parallel of [1, 3]) {
      const { ids, held } = await run(rows, { next, retrieval, parents, parallel, isTight: true });
      expect([new Set(ids).size, ids.length, held()]).toEqual([180, 180, 0]);
    }
  });

  test('that is too large because the time is not heeded is an error, and soon', async () => {
    let asked = 0;
    const answer: Answer = (_, call) => {
      asked = call;
      if (call > 50) throw new Error('asked too often');
      return { items: spread.slice(0, 10), total: 11 };
    };
    await expect(run([], { next: BIRTH, retrieval, answer })).rejects.toThrow('without heeding the time');
    expect(asked).toBeLessThan(20);
  });

  test('that is crowded in its first moments is cut until the crowd is alone', async () => {
    const crowd = Array.from({ length: 14 }, (_, index) => row(`c${index}`, day(-500) + index * 100));
    const { ids, kinds } = await run(crowd, {
      next: day(-500),
      retrieval: { mostRows: 10, shortestMs: 1_000 },
    });
    expect(new Set(ids).size).toBe(14);
    expect(kinds).not.toContain('gap');
  });

  test('that holds a little less each time it is made shorter is none', async () => {
    const begin = day(-500);
    const crowd = Array.from({ length: 101 }, (_, index) => row(`c${index}`, begin + index));
    // One row in the second half of the window, of its first half, of the first half of that, and so on.
    const thin = Array.from({ length: 22 }, (_, depth) =>
      row(`t${depth}`, begin + (0.75 * (day(92) - day(0))) / 2 ** depth),
    );
    const { ids, kinds } = await run([...crowd, ...thin], {
      next: begin,
      retrieval: { mostRows: 100, endpoint: unpaged, shortestMs: 1_000 },
    });
    expect([ids.length, new Set(ids).size]).toEqual([123, 123]);
    expect(kinds).not.toContain('gap');
  });
});
