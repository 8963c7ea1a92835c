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

const page = (ids: readonly string[]): JsonValue => ({ locations: ids.map((id) => ({ _id: id })) });

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

  test.each<readonly [string, JsonValue]>([
    ['has no locations', { items: [] }],
    ['holds a location without an id', { locations: [{ name: 'x' }] }],
  ])('that %s is an error', async (_name, body) => {
    await expect(all(answering(() => body).requester)).rejects.toMatchObject({ reach: 'sync' });
  });
});
