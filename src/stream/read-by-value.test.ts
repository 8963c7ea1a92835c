import { expect, test } from '@jest/globals';
import { type JsonObject, textAt } from '../foundation/json.ts';
import { opportunities } from '../streams/opportunities.ts';
import { isReadBy, type PageToken } from './definition.ts';
import { readByValue } from './read-by-value.ts';
import type { FetchPage } from './search-page.ts';

const LIMIT = 4;
/** By `ms`, ties broken by a contact that several rows share. */
const ROWS = ['a1', 'b2', 'c3', 'd3', 'd3', 'd3', 'e4', 'f5'].map(
  (word, index): { readonly id: string; readonly token: readonly [number, string] } => ({
    id: String(index),
    token: [Number(word[1]), word],
  }),
);

const isBehind = ([ms, contact]: readonly [number, string], after: PageToken | undefined): boolean => {
  if (after === undefined) return true;
  const [afterMs, afterContact] = after;
  return (
    ms > Number(afterMs) || (ms === afterMs && typeof afterContact === 'string' && contact > afterContact)
  );
};

/** A server that gives every window the same rows: whichever are asked for, all of them, in pages. */
const fetch: FetchPage = ({ after }) =>
  Promise.resolve({
    rows: ROWS.filter(({ token }) => isBehind(token, after))
      .slice(0, LIMIT)
      .map(({ id, token }): JsonObject => ({ id, sort: token, createdAt: new Date(token[0]).toISOString() })),
    total: 99,
    limit: LIMIT,
    release: () => undefined,
  });

test('where every window has the same rows, they are read by tokens, and none of a group that shares one is skipped', async () => {
  if (!isReadBy(opportunities, 'search')) throw new Error('not a search stream');
  const { retrieval } = opportunities;
  const plan = { key: retrieval.created, range: { since: 100 }, filters: () => [] };
  const ids = new Set<string>();
  for await (const rows of readByValue(plan, { fetch, retrieval })) {
    for (const row of rows) ids.add(textAt(row, 'id') ?? '');
  }
  expect([...ids].sort()).toEqual(ROWS.map(({ id }) => id));
});
