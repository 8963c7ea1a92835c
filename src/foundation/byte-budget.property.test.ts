import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createByteBudget } from './byte-budget.ts';

interface Share {
  readonly expected: number;
  /** What the answer turns out to weigh. */
  readonly real: number;
  readonly turns: number;
}

const LIMIT = 100;
const bytes = fc.oneof(fc.integer({ min: 0, max: LIMIT }), fc.integer({ min: 0, max: 4 * LIMIT }));
const share = fc.record<Share>({ expected: bytes, real: bytes, turns: fc.integer({ min: 0, max: 4 }) });

/** Runs all at once. @param onEntry what is held when one is let in, and what it asked for */
const run = async (
  shares: readonly Share[],
  onEntry: (heldBytes: number, expected: number) => void,
): Promise<readonly number[]> => {
  const budget = createByteBudget(LIMIT);
  const held = new Map<number, number>();
  const order: number[] = [];
  const work = async ({ expected, real, turns }: Share, index: number): Promise<void> => {
    const reservation = await budget.reserve(() => expected);
    onEntry(
      [...held.values()].reduce((sum, one) => sum + one, 0),
      expected,
    );
    held.set(index, expected);
    order.push(index);
    for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
    held.set(index, real);
    reservation.resize(real);
    for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
    held.delete(index);
    reservation.release();
    reservation.release();
  };
  const all = Promise.all(shares.map(work));
  // A deadlock would otherwise be a timeout without a counterexample.
  if ((await Promise.race([all, nextTurn('stuck')])) === 'stuck') throw new Error('Somebody waits for ever.');
  return order;
};

test('whoever waits is served, in the order of asking', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(share, { maxLength: 30 }), async (shares) => {
      expect(await run(shares, () => undefined)).toEqual([...shares.keys()]);
    }),
  );
});

test('nobody is let in over the budget but who is alone', async () => {
  const shrinking = share.map((one) => ({ ...one, real: Math.min(one.real, one.expected) }));
  await fc.assert(
    fc.asyncProperty(fc.array(shrinking, { maxLength: 30 }), async (shares) => {
      await run(shares, (heldBytes, expected) => {
        expect(heldBytes === 0 || heldBytes + expected <= LIMIT).toBe(true);
      });
    }),
  );
});

test('nobody grows over the budget but who is alone, and who cannot grow comes in again with more', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(share, { maxLength: 30 }), async (answers) => {
      const budget = createByteBudget(LIMIT);
      const held = new Map<number, number>();
      const work = async ({ expected, real, turns }: Share, index: number): Promise<void> => {
        for (let least = expected; ; least += real) {
          const { grow, release } = await budget.reserve(() => least);
          held.set(index, least);
          for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
          const hasGrown = grow(real);
          if (hasGrown) held.set(index, Math.max(least, real));
          const shares = [...held.values()].filter((one) => one > 0);
          expect(shares.length <= 1 || shares.reduce((sum, one) => sum + one, 0) <= LIMIT).toBe(true);
          held.delete(index);
          release();
          if (hasGrown) return;
        }
      };
      const all = Promise.all(answers.map(work));
      expect(await Promise.race([all, nextTurn('stuck')])).not.toBe('stuck');
    }),
  );
});
