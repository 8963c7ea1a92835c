import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createRecordingLog } from '../http/doubles/recording-log.ts';
import { opportunities } from '../streams/opportunities.ts';
import { isReadBy, type PageToken } from './definition.ts';
import type { Range } from './filters.ts';
import { idOf } from './row-id.ts';
import type { FetchPage } from './search-page.ts';
import { type PiecesStep, walkInPieces } from './walk-in-pieces.ts';
import { joinUnbegun, type Piece, unreadSpans } from './walk-progress.ts';

/** A row of the opportunities' shape: sorted by `ms`, ties broken by the contact, which several rows share. */
interface Row {
  readonly id: string;
  readonly ms: number;
  readonly contact: number;
}

interface World {
  readonly rows: readonly Row[];
  readonly limit: number;
  readonly cap: number;
  readonly lanes: number;
  /** Rows that are gone after so many requests. */
  readonly goes: readonly { readonly call: number; readonly place: number }[];
  /** The server rounds the bounds of its filters up to a multiple of this. */
  readonly grainMs: number;
}

const END = 10_000;

const row: fc.Arbitrary<Row> = fc.record({
  id: fc.uuid(),
  // Some spread, some in a heap, some of one instant.
  ms: fc.oneof(
    fc.integer({ min: 0, max: END - 1 }),
    fc.integer({ min: 7_000, max: 7_040 }),
    fc.constant(7_020),
  ),
  contact: fc.nat({ max: 1000 }),
});

const world = (given: { readonly isStill: boolean; readonly grainMs?: number }): fc.Arbitrary<World> =>
  fc.record({
    rows: fc.uniqueArray(row, { maxLength: 150, size: 'max', selector: ({ id }) => id }),
    limit: fc.integer({ min: 2, max: 6 }),
    cap: fc.integer({ min: 2, max: 8 }),
    lanes: fc.integer({ min: 1, max: 5 }),
    goes: fc.array(fc.record({ call: fc.integer({ min: 2, max: 30 }), place: fc.nat({ max: 149 }) }), {
      maxLength: given.isStill ? 0 : 20,
    }),
    grainMs: fc.constant(given.grainMs ?? 1),
  });

const isAfter = ({ ms, contact, id }: Row, [afterMs, afterContact, afterId]: PageToken): boolean =>
  ms > Number(afterMs) ||
  (ms === Number(afterMs) &&
    (contact > Number(afterContact) ||
      (contact === Number(afterContact) && typeof afterId === 'string' && id > afterId)));

interface Server {
  readonly fetch: FetchPage;
  readonly held: () => number;
  readonly requests: () => number;
  /** Requests under way at once, at most. */
  readonly most: () => number;
  readonly gone: ReadonlySet<string>;
}

const createServer = ({ rows, limit, cap, goes, grainMs }: World, delay: () => Promise<void>): Server => {
  const held = new Set<object>();
  const gone = new Set<string>();
  let calls = 0;
  let open = 0;
  let most = 0;
  const coarse = (bound: unknown, otherwise: number): number =>
    bound === undefined ? otherwise : Math.ceil(Number(bound) / grainMs) * grainMs;
  return {
    held: () => held.size,
    requests: () => calls,
    most: () => most,
    gone,
    fetch: async ({ filters, after }) => {
      calls += 1;
      open += 1;
      most = Math.max(most, open);
      for (const { call, place } of goes) {
        const { id } = rows[place] ?? {};
        if (call === calls && id !== undefined) gone.add(id);
      }
      const range = filters[0] ?? {};
      const matches = rows
        .filter(({ id }) => !gone.has(id))
        .filter(({ ms }) => ms >= coarse(range['since'], -1) && ms < coarse(range['before'], END))
        .sort((a, b) => a.ms - b.ms || a.contact - b.contact || (a.id < b.id ? -1 : 1));
      const rest = after === undefined ? matches : matches.filter((one) => isAfter(one, after));
      await delay();
      open -= 1;
      const share = {};
      held.add(share);
      return {
        rows: rest.slice(0, Math.min(cap, limit)).map(({ id, ms, contact }) => ({
          id,
          createdAt: new Date(ms).toISOString(),
          sort: [ms, contact, id],
        })),
        total: matches.length,
        limit,
        release: () => void held.delete(share),
      };
    },
  };
};

const filtersOf = ({ since, before }: Range) => [
  { ...(since !== undefined && { since }), ...(before !== undefined && { before }) },
];

const WHOLE: Piece = { span: { since: undefined, before: END }, resume: undefined };

const start = (
  one: World,
  server: Server,
  pieces: readonly Piece[] = [WHOLE],
): AsyncGenerator<PiecesStep, void> => {
  if (!isReadBy(opportunities, 'search')) throw new Error('not a search stream');
  const { retrieval } = opportunities;
  return walkInPieces(
    { purpose: 'opportunities of location L1', key: retrieval.created, filters: filtersOf, pieces },
    { fetch: server.fetch, retrieval, log: createRecordingLog(), lanes: one.lanes },
  );
};

interface Taken {
  readonly ids: readonly string[];
  readonly last: Pick<PiecesStep, 'claimed' | 'unread'> | undefined;
}

/** Takes the first so many steps, in whatever order the answers come. */
const take = async (
  scheduler: fc.Scheduler,
  steps: AsyncGenerator<PiecesStep, void>,
  most = Infinity,
): Promise<Taken> => {
  const ids: string[] = [];
  let last: PiecesStep | undefined;
  const taking = (async () => {
    let count = 0;
    for await (const step of steps) {
      ids.push(...step.rows.map(idOf));
      step.release();
      last = step;
      count += 1;
      if (count >= most) return;
    }
  })();
  await scheduler.waitFor(taking);
  return { ids, last };
};

const delayBy = (scheduler: fc.Scheduler) => () => scheduler.schedule(Promise.resolve());

const missing = ({ rows }: World, ids: readonly string[], gone: ReadonlySet<string>): readonly string[] => {
  const have = new Set(ids);
  return rows.map(({ id }) => id).filter((id) => !gone.has(id) && !have.has(id));
};

describe('a walk in pieces', () => {
  test('gives each row once, whatever the rows are spread like and the answers come in', async () => {
    await fc.assert(
      fc.asyncProperty(world({ isStill: true }), fc.scheduler(), async (one, scheduler) => {
        const server = createServer(one, delayBy(scheduler));
        const { ids, last } = await take(scheduler, start(one, server));
        expect([...ids].sort()).toEqual(one.rows.map(({ id }) => id).sort());
        expect(last?.unread).toEqual([]);
        expect(server.held()).toBe(0);
        expect(server.most()).toBeLessThanOrEqual(one.lanes);
      }),
      { numRuns: 300 },
    );
  });

  test('gives each row that stays, while others go', async () => {
    await fc.assert(
      fc.asyncProperty(world({ isStill: false }), fc.scheduler(), async (one, scheduler) => {
        const server = createServer(one, delayBy(scheduler));
        const { ids } = await take(scheduler, start(one, server));
        expect(missing(one, ids, server.gone)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('gives each row also when the server takes the edges of the pieces for other instants', async () => {
    await fc.assert(
      fc.asyncProperty(world({ isStill: true, grainMs: 50 }), fc.scheduler(), async (one, scheduler) => {
        const server = createServer(one, delayBy(scheduler));
        const { ids } = await take(scheduler, start(one, server));
        expect(missing(one, ids, server.gone)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('that ends early goes on at what it says is unread, by the key', async () => {
    await fc.assert(
      fc.asyncProperty(
        world({ isStill: true }),
        fc.scheduler(),
        fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 4 }),
        async (one, scheduler, ends) => {
          const server = createServer(one, delayBy(scheduler));
          let spans = [WHOLE.span];
          const all: string[] = [];
          for (const most of [...ends, Infinity]) {
            const pieces = spans.map((span): Piece => ({ span, resume: undefined }));
            const { ids, last } = await take(scheduler, start(one, server, pieces), most);
            all.push(...ids);
            if (last === undefined) break;
            const { unread, claimed } = last;
            spans = [...unreadSpans(unread, { since: spans[0]?.since, claimed })];
            const read = new Set(all);
            const isUnread = ({ ms }: Row) =>
              spans.some(({ since = -Infinity, before }) => ms >= since && ms < before);
            expect(one.rows.filter((each) => !isUnread(each) && !read.has(each.id))).toEqual([]);
          }
          expect(missing(one, all, server.gone)).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('that ends early goes on at the page, and no row comes twice', async () => {
    await fc.assert(
      fc.asyncProperty(
        world({ isStill: true }),
        fc.scheduler(),
        fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 4 }),
        async (one, scheduler, ends) => {
          const server = createServer(one, delayBy(scheduler));
          let pieces: readonly Piece[] = [WHOLE];
          const all: string[] = [];
          for (const most of [...ends, Infinity]) {
            const { ids, last } = await take(scheduler, start(one, server, pieces), most);
            all.push(...ids);
            if (last?.unread.length === 0) break;
            if (last !== undefined) pieces = joinUnbegun(last.unread);
          }
          expect([...all].sort()).toEqual(one.rows.map(({ id }) => id).sort());
        },
      ),
      { numRuns: 300 },
    );
  });

  test('asks for few pages more than one lane would', async () => {
    await fc.assert(
      fc.asyncProperty(world({ isStill: true }), fc.scheduler(), async (one, scheduler) => {
        const roomy = { ...one, cap: one.limit };
        const server = createServer(roomy, delayBy(scheduler));
        await take(scheduler, start(roomy, server));
        const alone = createServer(roomy, () => Promise.resolve());
        await take(scheduler, start({ ...roomy, lanes: 1 }, alone));
        expect(server.requests()).toBeLessThanOrEqual(alone.requests() * 3 + 10);
      }),
      { numRuns: 200 },
    );
  });
});
