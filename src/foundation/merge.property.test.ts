import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mergeBounded } from './merge.ts';

/** For each item of a source: how many turns of the event loop it takes. */
const sourcesOf = fc.array(fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 6 }), { maxLength: 8 });
const lanesOf = fc.integer({ min: 1, max: 9 });

interface Item {
  readonly source: number;
  readonly index: number;
}

interface Watched {
  readonly sources: readonly (() => AsyncGenerator<Item, void>)[];
  /** Sources that were begun, and that were left or ran to their end. */
  readonly begun: Set<number>;
  readonly ended: Set<number>;
  readonly mostOpen: () => number;
}

/** @param failing the source that fails behind its items */
const watch = (turns: readonly (readonly number[])[], failing?: number): Watched => {
  const begun = new Set<number>();
  const ended = new Set<number>();
  let mostOpen = 0;
  async function* source(number: number, of: readonly number[]): AsyncGenerator<Item, void> {
    begun.add(number);
    mostOpen = Math.max(mostOpen, begun.size - ended.size);
    try {
      for (const [index, wait] of of.entries()) {
        for (let turn = 0; turn < wait; turn += 1) await Promise.resolve();
        yield { source: number, index };
      }
      if (number === failing) throw new Error('boom');
    } finally {
      ended.add(number);
    }
  }
  return {
    sources: turns.map((of, number) => () => source(number, of)),
    begun,
    ended,
    mostOpen: () => mostOpen,
  };
};

test('every item comes once, in the order of its source, and no more than the lanes are open', async () => {
  await fc.assert(
    fc.asyncProperty(sourcesOf, lanesOf, async (turns, lanes) => {
      const watched = watch(turns);
      const items: Item[] = [];
      for await (const item of mergeBounded(watched.sources, lanes)) items.push(item);
      const bySource = turns.map((_, source) => items.filter((item) => item.source === source));
      expect(bySource.map((of) => of.map(({ index }) => index))).toEqual(turns.map((of) => [...of.keys()]));
      expect(watched.ended.size).toBe(turns.length);
      expect(watched.mostOpen()).toBeLessThanOrEqual(lanes);
    }),
  );
});

test('a consumer that leaves closes every source that was begun', async () => {
  await fc.assert(
    fc.asyncProperty(sourcesOf, lanesOf, fc.nat({ max: 20 }), async (turns, lanes, most) => {
      const watched = watch(turns);
      let taken = 0;
      for await (const _ of mergeBounded(watched.sources, lanes)) {
        taken += 1;
        if (taken > most) break;
      }
      expect(watched.ended).toEqual(watched.begun);
    }),
  );
});

test('what one source throws surfaces, and the others are closed', async () => {
  await fc.assert(
    fc.asyncProperty(sourcesOf, lanesOf, fc.nat(), async (turns, lanes, seed) => {
      fc.pre(turns.length > 0);
      const failing = seed % turns.length;
      const watched = watch(turns, failing);
      const drain = async (): Promise<void> => {
        for await (const _ of mergeBounded(watched.sources, lanes)) expect(_).toBeDefined();
      };
      await expect(drain()).rejects.toThrow('boom');
      expect(watched.ended).toEqual(watched.begun);
    }),
  );
});
