import { expect, test } from '@jest/globals';
import { createCutWatch } from './cut-watch.ts';

test('an answer of fewer rows than there are is cut', () => {
  expect(createCutWatch().isCut(20, 30)).toBe(true);
  expect(createCutWatch().isCut(30, 30)).toBe(false);
});

test('but not one that is shorter than another was: then the count is wrong', () => {
  const watch = createCutWatch();
  expect([watch.isCut(20, 33), watch.isCut(20, 25), watch.isCut(12, 15)]).toEqual([true, true, false]);
});

test('nor one without a row', () => {
  expect(createCutWatch().isCut(0, 3)).toBe(false);
});

test('without a count, one of a length that servers cut at may be', () => {
  const watch = createCutWatch();
  expect([watch.isCut(500, undefined), watch.isCut(499, undefined), watch.isCut(100, undefined)]).toEqual([
    true,
    false,
    true,
  ]);
});
