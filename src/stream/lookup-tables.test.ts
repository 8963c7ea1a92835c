import { describe, expect, test } from '@jest/globals';
import { createByteBudget } from '../foundation/byte-budget.ts';
import { configError, transientError } from '../foundation/errors.ts';
import type { JsonObject } from '../foundation/json.ts';
import { type Answer, createFakeContext } from './doubles/fake-context.ts';
import { streamOf, thingsEndpoint, windowsRetrieval } from './doubles/test-streams.ts';
import type { Lookup } from './definition.ts';
import { createLookupTables } from './lookup-tables.ts';
import { idOf } from './row-id.ts';

const lookup: Lookup = {
  column: 'labels',
  of: streamOf({ kind: 'list', endpoint: thingsEndpoint() }),
  index: (rows) => new Map(rows.map((row) => [idOf(row), row])),
  idsOf: () => [],
  fill: (row) => row,
};

const setUp = (answer: Answer) => {
  const fake = createFakeContext({ answer });
  const tables = createLookupTables([lookup]);
  const ask = (ids: readonly string[], locationId = 'L1') =>
    tables.indexFor(lookup, new Set(ids), { ...fake.context, locationId });
  return { ...fake, tables, ask };
};

const items = (...ids: readonly string[]): JsonObject => ({ items: ids.map((id) => ({ id })) });
const noScope = configError('The scope is missing.', { reach: 'stream', status: 401 });

describe('a list that a column is filled from', () => {
  test('is fetched once a location', async () => {
    const { ask, requests } = setUp(() => items('a', 'b'));
    expect([...((await ask(['a'])) ?? [])].map(([id]) => id)).toEqual(['a', 'b']);
    await ask(['b']);
    expect(requests).toHaveLength(1);
    await ask(['a'], 'L2');
    expect(requests).toHaveLength(2);
  });

  test('is fetched once for streams that look into it at the same time', async () => {
    const { ask, requests } = setUp((_, call) => (call === 1 ? items('a') : items('a', 'b')));
    await Promise.all([ask(['a', 'gone']), ask(['a', 'gone'])]);
    expect(requests).toHaveLength(1);
    const [one, other] = await Promise.all([ask(['b']), ask(['b'])]);
    expect([one?.has('b'), other?.has('b')]).toEqual([true, true]);
    expect(requests).toHaveLength(2);
  });

  test('that fails for one stream is tried for by the next', async () => {
    const { ask } = setUp((_, call) => (call === 1 ? transientError('no answer') : items('a')));
    const [one, other] = await Promise.allSettled([ask(['a']), ask(['a'])]);
    expect([one.status, other.status]).toEqual(['rejected', 'fulfilled']);
  });

  test('is fetched again for what it lacks, because that may be new', async () => {
    const { ask, requests } = setUp((_, call) => (call === 1 ? items('a') : items('a', 'b')));
    await ask(['a']);
    expect((await ask(['a', 'b']))?.has('b')).toBe(true);
    expect(requests).toHaveLength(2);
  });

  test('is forgotten when the last stream that looks into it has read the location', async () => {
    const { context, requests } = createFakeContext({ answer: () => items('a') });
    const tables = createLookupTables([lookup, { ...lookup, column: 'other' }]);
    const ask = () => tables.indexFor(lookup, new Set(['a']), { ...context, locationId: 'L1' });
    await ask();
    tables.done(lookup, 'L1');
    await ask();
    expect(requests).toHaveLength(1);
    tables.done(lookup, 'L2');
    tables.done(lookup, 'L1');
    await ask();
    expect(requests).toHaveLength(2);
  });

  test('is not fetched again and again for what was deleted', async () => {
    const { ask, requests } = setUp(() => items('a'));
    await ask(['a', 'gone']);
    await ask(['gone too']);
    await ask(['gone', 'a']);
    expect(requests).toHaveLength(2);
  });

  // Whoever asks holds a page of the rows that are to be filled, and gives it back afterwards.
  test('does not wait for the memory of who asks for it', async () => {
    const { context, held } = createFakeContext({
      answer: () => items('a'),
      budget: createByteBudget(1),
    });
    const page = await context.budget.reserve(() => 1);
    const index = await createLookupTables([lookup]).indexFor(lookup, new Set(['a']), context);
    expect([index?.has('a'), held()]).toEqual([true, 1]);
    page.release();
  });

  test('gives its own memory back, also when it cannot be had', async () => {
    const { context } = createFakeContext({
      answer: (_, call) => (call === 1 ? transientError('down', { status: 500 }) : items('a')),
    });
    const tables = createLookupTables([lookup]);
    await expect(tables.indexFor(lookup, new Set(['a']), context)).rejects.toThrow('down');
    for (const locationId of ['L1', 'L2', 'L3']) {
      const index = await tables.indexFor(lookup, new Set(['a']), { ...context, locationId });
      expect(index?.has('a')).toBe(true);
    }
  });

  test('must be a list', async () => {
    const { context, tables } = setUp(() => items());
    const of = streamOf(windowsRetrieval());
    await expect(tables.indexFor({ ...lookup, of }, new Set(['a']), context)).rejects.toThrow('no list');
  });
});

describe('a list that the token may not read', () => {
  test('is not there, and is not asked for again; a warning says so once', async () => {
    const { ask, requests, lines } = setUp(() => noScope);
    expect([await ask(['a']), await ask(['b'])]).toEqual([undefined, undefined]);
    expect(requests).toHaveLength(1);
    expect(await ask(['a'], 'L2')).toBeUndefined();
    expect(lines).toEqual(['warn: The column labels stays empty. The scope is missing.']);
  });

  test('may be one that the plan of the location does not cover', async () => {
    const { ask, requests, lines } = setUp(() => configError('Not in this plan.', { status: 403 }));
    expect([await ask(['a']), await ask(['b'])]).toEqual([undefined, undefined]);
    expect([requests.length, lines]).toEqual([1, ['warn: The column labels stays empty. Not in this plan.']]);
  });

  test('is another matter than a location that cannot be read at all', async () => {
    const { ask } = setUp(() => configError('Suspended.', { status: 403, access: 'inactive' }));
    await expect(ask(['a'])).rejects.toThrow('Suspended');
  });

  test('is another matter than a sign-in that has ended', async () => {
    const { ask } = setUp(() => configError('Sign in again.', { status: 422, reach: 'sync' }));
    await expect(ask(['a'])).rejects.toThrow('Sign in again');
  });

  test('is another matter than one that cannot be had for another reason', async () => {
    const { ask } = setUp((_, call) => (call === 1 ? transientError('down', { status: 500 }) : items('a')));
    await expect(ask(['a'])).rejects.toThrow('down');
    expect((await ask(['a']))?.has('a')).toBe(true);
  });
});
