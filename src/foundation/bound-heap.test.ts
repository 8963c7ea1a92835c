import { expect, test } from '@jest/globals';
import { boundHeap, v8Engine } from './bound-heap.ts';

const MEBIBYTE = 2 ** 20;

const engineOf = (bytes: { young: number; used: number }) => {
  const flags: string[] = [];
  const setFlag = (flag: string): void => void flags.push(flag);
  return { flags, engine: { setFlag, youngBytes: () => bytes.young, usedBytes: () => bytes.used } };
};
const START = { young: 2 * MEBIBYTE, used: 5 * MEBIBYTE };

test('a small heap may grow to three times what is in use before it is collected, a large one to twice', () => {
  const bytes = { ...START };
  const { engine, flags } = engineOf(bytes);
  const heap = boundHeap(engine);
  expect(flags).toContain('--heap-growing-percent=200');
  bytes.used = 40 * MEBIBYTE;
  heap.check();
  expect(flags.at(-1)).toBe('--heap-growing-percent=100');
  bytes.used = 20 * MEBIBYTE;
  heap.check();
  expect(flags.at(-1)).toBe('--heap-growing-percent=200');
});

test('the space for short-lived objects grows from the first check on, to 4 MiB a half and no further', () => {
  const bytes = { ...START };
  const { engine, flags } = engineOf(bytes);
  const heap = boundHeap(engine);
  expect(flags.at(-1)).toBe('--semi-space-growth-factor=1');
  heap.check();
  expect(flags.at(-1)).toBe('--semi-space-growth-factor=4');
  bytes.young *= 4;
  heap.check();
  expect(flags.at(-1)).toBe('--semi-space-growth-factor=1');
  const told = flags.length;
  heap.check();
  expect(flags).toHaveLength(told);
});

test('V8 says how large its space for short-lived objects is, and how much is in use', () => {
  expect(v8Engine.youngBytes()).toBeGreaterThan(0);
  expect(v8Engine.usedBytes()).toBeGreaterThan(MEBIBYTE);
});
