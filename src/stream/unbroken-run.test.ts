import { expect, test } from '@jest/globals';
import { createUnbrokenRun } from './unbroken-run.ts';

const window = (since: number, before: number) => ({ since, before });

test('a run ends where the first window is missing, whatever was read behind it', () => {
  const run = createUnbrokenRun({ next: 0, hasGap: false });
  expect(run.add(window(10, 20), false)).toBe(false);
  expect(run.add(window(30, 40), false)).toBe(false);
  expect(run.reached().next).toBe(0);
  expect(run.add(window(0, 10), false)).toBe(true);
  expect(run.reached().next).toBe(20);
  expect(run.add(window(20, 30), false)).toBe(true);
  expect(run.reached().next).toBe(40);
});

test('a gap counts once the run holds its window, and remains', () => {
  const run = createUnbrokenRun({ next: 0, hasGap: false });
  run.add(window(10, 20), true);
  expect(run.reached().hasGap).toBe(false);
  run.add(window(0, 10), false);
  run.add(window(20, 30), false);
  expect(run.reached()).toEqual({ next: 30, hasGap: true });
});

test('a gap from before remains', () => {
  const run = createUnbrokenRun({ next: 0, hasGap: true });
  run.add(window(0, 10), false);
  expect(run.reached().hasGap).toBe(true);
});
