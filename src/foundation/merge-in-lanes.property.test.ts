import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createLanePool, type LanePool } from './lane-pool.ts';
import { mergeInLanes } from './merge-in-lanes.ts';

/** For each item of a source: how many turns of the event loop it takes. */
const sourcesOf = fc.array(fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 6 }), { maxLength: 8 });
const poolsOf = fc.record({
  lanes: fc.integer({ min: 1, max: 9 }),
  lanesPerKey: fc.integer({ min: 1, max: 3 }),
  users: fc.integer({ min: 1, max: 4 }),
});

interface Item {
  readonly key: string;
  readonly index: number;
}

const watch = (turns: readonly (readonly number[])[], failing?: number) => {
  const begun = new Set<string>();
  const ended = new Set<string>();
  async function* source(key: string): AsyncGenerator<Item, void> {
    begun.add(key);
    try {
      for (const [index, wait] of (turns[Number(key)] ?? []).entries()) {
        for (let one = 0; one < wait; one += 1) await Promise.resolve();
        yield { key, index };
      }
      if (failing !== undefined && Number(key) === failing) throw new Error('boom');
    } finally {
      ended.add(key);
    }
  }
  const keys = turns.map((_, index) => String(index));
  return { begun, ended, keys, source, mostOpen: () => begun.size - ended.size };
};

const merge = async (pool: LanePool, { keys, source }: ReturnType<typeof watch>) => {
  const place = await pool.enter(keys);
  const { signal } = new AbortController();
  async function* merged(): AsyncGenerator<Item, void> {
    try {
      yield* mergeInLanes(place, { keys, needs: () => true, signal, source, urgency: () => 0 });
    } finally {
      place.leave();
    }
  }
  return merged();
};

/** Every lane of the pool is there: as many keys as it has lanes can be read at once. */
const expectWhole = async (pool: LanePool, lanes: number): Promise<void> => {
  const keys = Array.from({ length: lanes }, (_, index) => `K${index}`);
  const opened: string[] = [];
  (await pool.enter(keys)).join({ keys, needs: () => true, open: ({ key }) => opened.push(key) });
  expect(opened).toEqual(keys);
};

test('every item comes once, in the order of its source, however many merge side by side', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(sourcesOf, { maxLength: 5 }), poolsOf, async (all, options) => {
      let open = 0;
      const pool = createLanePool(options);
      const merging: Promise<void>[] = [];
      for (const turns of all) {
        const watched = watch(turns);
        const merged = await merge(pool, watched);
        const consume = async (): Promise<void> => {
          const items: Item[] = [];
          for await (const item of merged) {
            open = Math.max(open, watched.mostOpen());
            items.push(item);
          }
          for (const [source, of] of turns.entries())
            expect(items.filter(({ key }) => Number(key) === source).map(({ index }) => index)).toEqual([
              ...of.keys(),
            ]);
          expect(watched.ended.size).toBe(turns.length);
        };
        merging.push(consume());
      }
      await Promise.all(merging);
      expect(open).toBeLessThanOrEqual(options.lanes);
      await expectWhole(pool, options.lanes);
    }),
  );
});

test('a consumer that leaves closes every source that was begun, and gives back its lanes', async () => {
  await fc.assert(
    fc.asyncProperty(sourcesOf, poolsOf, fc.nat({ max: 20 }), async (turns, options, most) => {
      const pool = createLanePool(options);
      const watched = watch(turns);
      let taken = 0;
      for await (const _ of await merge(pool, watched)) {
        taken += 1;
        if (taken > most) break;
      }
      expect(watched.ended).toEqual(watched.begun);
      await expectWhole(pool, options.lanes);
    }),
  );
});

test('what one source throws surfaces, the others are closed, and no lane is lost', async () => {
  await fc.assert(
    fc.asyncProperty(sourcesOf, poolsOf, fc.nat(), async (turns, options, seed) => {
      fc.pre(turns.length > 0);
      const pool = createLanePool(options);
      const watched = watch(turns, seed % turns.length);
      const merged = await merge(pool, watched);
      const drain = async (): Promise<void> => {
        for await (const _ of merged) expect(_).toBeDefined();
      };
      await expect(drain()).rejects.toThrow('boom');
      expect(watched.ended).toEqual(watched.begun);
      await expectWhole(pool, options.lanes);
    }),
  );
});

test('an abort ends it, before it begins and while it waits for a lane', async () => {
  const place = {
    join: () => undefined,
    isServed: () => false,
    withdraw: () => undefined,
    leave: () => undefined,
  };
  const begin = (signal: AbortSignal) =>
    mergeInLanes(place, {
      keys: [],
      needs: () => true,
      signal,
      source: watch([]).source,
      urgency: () => 0,
    }).next();
  const controller = new AbortController();
  const waiting = begin(controller.signal);
  controller.abort(new Error('stop'));
  await expect(waiting).rejects.toThrow('stop');
  await expect(begin(controller.signal)).rejects.toThrow('stop');
});

test('of what has come, that of the most urgent key is taken first', async () => {
  const keys = ['few', 'many', 'some'];
  const left = new Map([
    ['few', 1],
    ['many', 9],
    ['some', 4],
  ]);
  async function* source(key: string): AsyncGenerator<string, void> {
    for (let index = 0; index < 2; index += 1) yield await Promise.resolve(key);
  }
  const place = await createLanePool({ lanes: 3 }).enter(keys);
  const { signal } = new AbortController();
  const urgency = (key: string): number => left.get(key) ?? 0;
  const taken: string[] = [];
  for await (const key of mergeInLanes(place, { keys, needs: () => true, signal, source, urgency })) {
    taken.push(key);
    await new Promise((resolve) => setImmediate(resolve));
  }
  // The first one is taken before the others are there.
  expect(taken.slice(1)).toEqual(expect.arrayContaining(['many', 'some', 'few']));
  expect(taken.lastIndexOf('many')).toBeLessThan(taken.indexOf('some'));
  expect(taken.lastIndexOf('some')).toBeLessThan(taken.lastIndexOf('few'));
});
