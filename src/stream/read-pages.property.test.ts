import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { configError, ConnectorError } from '../foundation/errors.ts';
import type { JsonObject } from '../foundation/json.ts';
import { collect } from './doubles/collect-events.ts';
import { createFakeContext, type FakeRequest } from './doubles/fake-context.ts';
import { thingsEndpoint } from './doubles/test-streams.ts';
import type { Paginator } from './endpoint.ts';
import { createIdSet } from './id-set.ts';
import { cursorPages, numberedPages, offsetPages, pagesAfterRow } from './paginators.ts';
import { readPages } from './read-pages.ts';

type Kind = 'offset' | 'number' | 'cursor' | 'row';

/** What happens to the list before a request: rows come and go at a place (of a thousand). */
interface Change {
  readonly call: number;
  readonly kind: 'insert' | 'delete';
  readonly place: number;
  readonly count: number;
}

interface World {
  readonly kind: Kind;
  readonly size: number;
  readonly limit: number;
  /** Rows in a page at most, in silence. */
  readonly cap: number;
  readonly hasTotal: boolean;
  readonly changes: readonly Change[];
  /** Requests after which a cursor is forgotten, once. */
  readonly forgetsAt: number;
  /** Pages read at once. */
  readonly atOnce: number;
  /** How long the answers are on their way, in turn. */
  readonly turns: readonly number[];
}

interface Row {
  readonly id: string;
  /** What the list is ordered by. */
  readonly at: number;
}

const paginatorOf = ({ kind, limit }: World): Paginator => {
  if (kind === 'offset') return offsetPages({ limit });
  if (kind === 'number') return numberedPages({ limit });
  if (kind === 'cursor') return cursorPages({ limit });
  return pagesAfterRow({
    limit,
    tokenOf: ({ at }) => (typeof at === 'number' ? [at] : undefined),
    parameters: (size, token) => ({ limit: size, ...(token !== undefined && { cursor: token[0] ?? null }) }),
  });
};

/** Orders by place: what is inserted gets a key between its neighbours. */
const changed = (rows: readonly Row[], { kind, place, count, call }: Change): readonly Row[] => {
  const from = Math.floor((place / 1000) * (rows.length + (kind === 'insert' ? 1 : 0)));
  if (kind === 'delete') return [...rows.slice(0, from), ...rows.slice(from + count)];
  const low = rows[from - 1]?.at ?? 0;
  const high = rows[from]?.at ?? low + 1;
  const added = Array.from({ length: count }, (_, index) => ({
    id: `new-${call}-${place}-${index}`,
    at: low + ((high - low) * (index + 1)) / (count + 1),
  }));
  return [...rows.slice(0, from), ...added, ...rows.slice(from)];
};

const startOf = ({ kind, cap, limit }: World, rows: readonly Row[], { parameters }: FakeRequest): number => {
  const { offset, page, cursor } = parameters;
  if (kind === 'offset') return typeof offset === 'number' ? offset : 0;
  // Servers that cap pages and are asked by number count in what they give.
  if (kind === 'number') return (typeof page === 'number' ? page - 1 : 0) * Math.min(cap, limit);
  if (cursor === undefined) return 0;
  const from = rows.findIndex(({ at }) => at > Number(cursor));
  return from < 0 ? rows.length : from;
};

const simulate = async (world: World) => {
  const first = Array.from({ length: world.size }, (_, index): Row => ({ id: `r${index}`, at: index + 1 }));
  let rows: readonly Row[] = first;
  const gone = new Set<string>();
  const fake = createFakeContext({
    turns: (call) => world.turns[call % world.turns.length] ?? 0,
    answer: (request, call) => {
      for (const change of world.changes.filter((one) => one.call === call)) {
        const before = rows;
        rows = changed(rows, change);
        const left = new Set(rows.map(({ id }) => id));
        for (const { id } of before) if (!left.has(id)) gone.add(id);
      }
      if (world.kind === 'cursor' && call === world.forgetsAt && request.parameters['cursor'] !== undefined) {
        return configError('No such cursor.', { status: 400 });
      }
      const start = startOf(world, rows, request);
      const page = rows.slice(start, start + Math.min(world.cap, world.limit));
      const last = page.at(-1);
      const items: readonly JsonObject[] = page.map(({ id, at }) => ({ id, at }));
      return {
        items,
        ...(world.hasTotal && { total: rows.length }),
        ...(world.kind === 'cursor' && last !== undefined && { nextCursor: String(last.at) }),
      };
    },
  });
  const events = readPages(
    {
      stream: 'things',
      scope: 'things.readonly',
      endpoint: thingsEndpoint({ paginator: paginatorOf(world) }),
      slice: { locationId: 'L1' },
      pass: { parameters: {} },
      context: fake.context,
    },
    { seen: createIdSet(), atOnce: world.atOnce },
  );
  const stayed = first.map(({ id }) => id).filter((id) => !gone.has(id));
  try {
    const { ids, kinds } = await collect(events);
    const lost = first.map(({ id }) => id).filter((id) => !gone.has(id) && !ids.includes(id));
    return { ids, isWarned: kinds.includes('gap'), lost, ...fake };
  } catch (thrown) {
    if (!(thrown instanceof ConnectorError)) throw thrown;
    return { ids: [], isWarned: true, lost: stayed, ...fake };
  }
};

const change = (kinds: readonly Change['kind'][]): fc.Arbitrary<Change> =>
  fc.record({
    call: fc.integer({ min: 2, max: 20 }),
    kind: fc.constantFrom(...kinds),
    place: fc.integer({ min: 0, max: 1000 }),
    count: fc.integer({ min: 1, max: 40 }),
  });

const world = (given: {
  readonly kind: fc.Arbitrary<Kind>;
  readonly hasTotal: fc.Arbitrary<boolean>;
  readonly changes: fc.Arbitrary<readonly Change[]>;
}): fc.Arbitrary<World> =>
  fc.record({
    size: fc.integer({ min: 0, max: 200 }),
    limit: fc.constantFrom(14, 20, 50, 100),
    cap: fc.oneof(fc.constant(Infinity), fc.integer({ min: 7, max: 60 })),
    forgetsAt: fc.integer({ min: 2, max: 9 }),
    atOnce: fc.integer({ min: 1, max: 6 }),
    turns: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 12 }),
    ...given,
  });

const KINDS: fc.Arbitrary<Kind> = fc.constantFrom('offset', 'number', 'cursor', 'row');

/** What is wrong with how a list was read: nothing, one hopes. */
const faultsOf = async (one: World): Promise<readonly string[]> => {
  const { ids, isWarned, lost, held, requests } = await simulate(one);
  return [
    ...(isWarned ? [] : lost.map((id) => `${id} is missing`)),
    ...(new Set(ids).size === ids.length ? [] : ['rows came twice']),
    ...(held() === 0 ? [] : ['memory is held']),
    ...(requests.length < 500 ? [] : ['it hardly ends']),
  ];
};

describe('the pages of a list', () => {
  test('give each row once while nothing changes, whatever the pages hold', async () => {
    const still = world({ kind: KINDS, hasTotal: fc.boolean(), changes: fc.constant([]) });
    await fc.assert(
      fc.asyncProperty(still, async (one) => {
        const { isWarned, lost, ids } = await simulate(one);
        expect({ isWarned, lost, count: ids.length }).toEqual({ isWarned: false, lost: [], count: one.size });
      }),
      { numRuns: 150 },
    );
  });

  test.each([
    ['by offset, with a total', 'offset', true],
    ['by offset, without a total', 'offset', false],
    ['by cursor, with a total', 'cursor', true],
    ['by cursor, without a total', 'cursor', false],
    ['after a row, with a total', 'row', true],
    ['after a row, without a total', 'row', false],
  ] as const)('%s: a row that stays is read, or there is word of a gap', async (_, kind, hasTotal) => {
    const changes = fc.array(change(['insert', 'delete']), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(
        world({ kind: fc.constant(kind), hasTotal: fc.constant(hasTotal), changes }),
        async (one) => {
          expect(await faultsOf(one)).toEqual([]);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('by number, of a list that nothing is added to: a row that stays is read, or there is word of a gap', async () => {
    const changes = fc.array(change(['delete']), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(
        world({ kind: fc.constant('number'), hasTotal: fc.constant(true), changes }),
        async (one) => {
          expect(await faultsOf(one)).toEqual([]);
        },
      ),
      { numRuns: 200 },
    );
  });
});
