import { expect, test } from '@jest/globals';
import { boundHeap, v8Engine } from './bound-heap.ts';

const MEBIBYTE = 2 ** 20;

const engineOf = (bytes: { young: number }) => {
  const flags: string[] = [];
  return {
    flags,
    engine: { setFlag: (flag: string) => void flags.push(flag), youngBytes: () => bytes.young },
  };
};

test('the heap may at most grow to three times what is in use before it is collected', () => {
  const { engine, flags } = engineOf({ young: 2 * MEBIBYTE });
  boundHeap(engine);
  expect(flags).toContain('--heap-growing-percent=200');
});

test('the space for short-lived objects grows from the first check on, to 4 MiB a half and no further', () => {
  const bytes = { young: 2 * MEBIBYTE };
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

test('V8 says how large its space for short-lived objects is', () => {
  expect(v8Engine.youngBytes()).toBeGreaterThan(0);
});
