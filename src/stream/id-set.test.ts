import { expect, test } from '@jest/globals';
import { createIdSet } from './id-set.ts';

test('an id counts once', () => {
  const ids = createIdSet();
  expect([ids.add('a'), ids.add('b'), ids.add('a')]).toEqual([true, true, false]);
  expect(ids.size()).toBe(2);
});

test('a hundred thousand ids that look alike are told apart', () => {
  const ids = createIdSet();
  for (let index = 0; index < 100_000; index += 1) ids.add(`cOnTaCt${String(index).padStart(13, '0')}`);
  expect(ids.size()).toBe(100_000);
});
