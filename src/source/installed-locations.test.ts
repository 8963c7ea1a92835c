import { describe, expect, test } from '@jest/globals';
import type { JsonValue } from '../foundation/json.ts';
import type { Requester } from '../http/requester.ts';
import { createInstalledLocations } from './installed-locations.ts';

const company = {
  authenticator: { token: () => Promise.resolve('t'), renew: () => Promise.resolve(false) },
  companyId: 'company',
  appId: 'app',
};

const answering = (
  answer: (query: Readonly<Record<string, unknown>>, call: number) => JsonValue,
): { readonly requester: Requester; readonly calls: () => number } => {
  let calls = 0;
  return {
    calls: () => calls,
    requester: {
      request: ({ query = {} }) => {
        calls += 1;
        return Promise.resolve({ status: 200, headers: {}, body: answer(query, calls), sizeBytes: 1 });
      },
    },
  };
};

const all = (requester: Requester): Promise<ReadonlySet<string>> =>
  createInstalledLocations(company, requester, new AbortController().signal).all();

const page = (ids: readonly string[], count?: number): JsonValue => ({
  locations: ids.map((id) => ({ _id: id })),
  ...(count !== undefined && { count }),
});

describe('the list of installed locations', () => {
  test('of one page is read once, to an empty page', async () => {
    const { requester, calls } = answering(({ skip }) => page(skip === 0 ? ['A', 'B'] : []));
    expect([...(await all(requester))]).toEqual(['A', 'B']);
    expect(calls()).toBe(2);
  });

  test('goes on after a short page by what has come', async () => {
    const ids = ['A', 'B', 'C', 'D', 'E'];
    const { requester } = answering(({ skip }) => page(ids.slice(Number(skip), Number(skip) + 2)));
    expect([...(await all(requester))].sort()).toEqual(ids);
  });

  test('is read until it is stable, because its pages have no order', async () => {
    // The first pass shows B twice and C never; the second shows C.
    const passes = [
      [['A', 'B'], ['B'], []],
      [['B', 'A'], ['C'], []],
      [['C', 'B'], ['A'], []],
    ];
    const { requester, calls } = answering((_query, call) =>
      page(passes[Math.floor((call - 1) / 3)]?.[(call - 1) % 3] ?? []),
    );
    expect([...(await all(requester))].sort()).toEqual(['A', 'B', 'C']);
    expect(calls()).toBe(9);
  });

  const ids = ['A', 'B', 'C', 'D', 'E'];
  const two = (skip: unknown): readonly string[] => ids.slice(Number(skip), Number(skip) + 2);

  test('is read once when as many have come as the agency has', async () => {
    const { requester, calls } = answering(({ skip }) => page(two(skip), 5));
    expect([...(await all(requester))]).toEqual(ids);
    expect(calls()).toBe(4);
  });

  test.each<readonly [string, (skip: unknown) => number]>([
    ['more than is installed', () => 9],
    ['less than what comes', () => 4],
    ['no more than the page', (skip) => two(skip).length],
    ['something else each time', (skip) => Number(skip) + 1],
  ])('is read until it is stable when the count is %s', async (_, countAt) => {
    const { requester, calls } = answering(({ skip }) => page(two(skip), countAt(skip)));
    expect([...(await all(requester))]).toEqual(ids);
    expect(calls()).toBe(8);
  });

  test('is read again by all of its pages at once, and on by what has come where they have moved', async () => {
    // From the second pass on, pages hold one location only.
    const { requester } = answering(({ skip }, call) => page(call <= 4 ? two(skip) : two(skip).slice(0, 1)));
    expect([...(await all(requester))]).toEqual(ids);
    let open = 0;
    let most = 0;
    const counting: Requester = {
      request: async (...request) => {
        most = Math.max(most, (open += 1));
        await Promise.resolve();
        open -= 1;
        return answering(({ skip }) => page(two(skip))).requester.request(...request);
      },
    };
    await all(counting);
    expect(most).toBe(4);
  });

  test.each<readonly [string, JsonValue]>([
    ['has no locations', { items: [] }],
    ['holds a location without an id', { locations: [{ name: 'x' }] }],
  ])('that %s is an error', async (_name, body) => {
    await expect(all(answering(() => body).requester)).rejects.toMatchObject({ reach: 'sync' });
  });
});
