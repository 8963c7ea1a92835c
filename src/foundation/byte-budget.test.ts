import { expect, test } from '@jest/globals';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createByteBudget } from './byte-budget.ts';

const settled = async (promise: Promise<unknown>): Promise<boolean> => {
  let isSettled = false;
  void promise.then(() => {
    isSettled = true;
  });
  await nextTurn();
  return isSettled;
};

test('who does not fit waits until enough is given back', async () => {
  const budget = createByteBudget(100);
  const first = await budget.reserve(() => 80);
  const second = budget.reserve(() => 30);
  expect(await settled(second)).toBe(false);
  first.release();
  expect(await settled(second)).toBe(true);
});

test('who came first goes first, also when a later one would fit', async () => {
  const budget = createByteBudget(100);
  const first = await budget.reserve(() => 60);
  const large = budget.reserve(() => 90);
  const small = budget.reserve(() => 10);
  expect(await settled(small)).toBe(false);
  first.release();
  expect(await settled(large)).toBe(true);
  expect(await settled(small)).toBe(true);
});

test('an answer larger than the whole budget passes when nothing else is held', async () => {
  const budget = createByteBudget(100);
  const huge = await budget.reserve(() => 500);
  const next = budget.reserve(() => 1);
  expect(await settled(next)).toBe(false);
  huge.release();
  expect(await settled(next)).toBe(true);
});

test('an answer that turns out larger closes the budget, a smaller one opens it', async () => {
  const budget = createByteBudget(100);
  const first = await budget.reserve(() => 10);
  first.resize(100);
  const second = budget.reserve(() => 10);
  expect(await settled(second)).toBe(false);
  first.resize(50);
  expect(await settled(second)).toBe(true);
});

test('an answer that is coming in takes more as long as that fits', async () => {
  const budget = createByteBudget(100);
  const first = await budget.reserve(() => 30);
  const second = await budget.reserve(() => 30);
  expect(first.grow(70)).toBe(true);
  expect(first.grow(71)).toBe(false);
  expect(second.grow(31)).toBe(false);
  expect(second.grow(20)).toBe(true);
  first.release();
  expect(second.grow(100)).toBe(true);
});

test('an answer that is alone takes what it needs, and closes the budget', async () => {
  const budget = createByteBudget(100);
  const huge = await budget.reserve(() => 10);
  expect(huge.grow(500)).toBe(true);
  const next = budget.reserve(() => 1);
  expect(await settled(next)).toBe(false);
  huge.release();
  expect(await settled(next)).toBe(true);
});

test('shares that are estimated in fractions of a byte leave nothing behind', async () => {
  const budget = createByteBudget(100);
  const shares = [
    await budget.reserve(() => 0.1),
    await budget.reserve(() => 0.2),
    await budget.reserve(() => 0.7),
  ];
  for (const { grow, release } of shares) {
    grow(3.3);
    release();
  }
  expect(await settled(budget.reserve(() => 500))).toBe(true);
});

test('whoever is most urgent when there is room goes first', async () => {
  const budget = createByteBudget(100);
  const first = await budget.reserve(() => 100);
  let urgency = 1;
  const patient = budget.reserve(
    () => 60,
    () => 2,
  );
  const urgent = budget.reserve(
    () => 60,
    () => urgency,
  );
  urgency = 3;
  first.release();
  expect(await settled(urgent)).toBe(true);
  expect(await settled(patient)).toBe(false);
});

test('who waits takes what it needs by then', async () => {
  const budget = createByteBudget(100);
  const first = await budget.reserve(() => 100);
  let bytes = 90;
  const waiting = [budget.reserve(() => bytes), budget.reserve(() => bytes)];
  bytes = 10;
  first.release();
  expect(await settled(Promise.all(waiting))).toBe(true);
});

test('without waiting there is room only if it fits and nobody waits', async () => {
  const budget = createByteBudget(100);
  const first = budget.reserveNow(60);
  expect(budget.reserveNow(50)).toBeUndefined();
  const waiting = budget.reserve(() => 50);
  expect(budget.reserveNow(1)).toBeUndefined();
  first?.release();
  (await waiting).release();
  expect(budget.reserveNow(500)).toBeDefined();
});
