import { expect, test } from '@jest/globals';
import { createYoungSpace } from './young-space.ts';

const MEBIBYTE = 1024 * 1024;

test('the space grows from the first check on, until it is large enough', () => {
  const factors: number[] = [];
  let sizeBytes = 2 * MEBIBYTE;
  const space = createYoungSpace({
    sizeBytes: () => sizeBytes,
    setGrowth: (factor) => void factors.push(factor),
  });
  expect(factors).toEqual([1]);
  space.check();
  space.check();
  expect(factors).toEqual([1, 4]);
  sizeBytes *= 4;
  space.check();
  space.check();
  expect(factors).toEqual([1, 4, 1]);
});
