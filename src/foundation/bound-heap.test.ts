import { expect, test } from '@jest/globals';
import { boundHeap, type Engine, v8Engine } from './bound-heap.ts';

const engineOf = () => {
  const flags: string[] = [];
  const listeners = new Set<() => void>();
  let youngBytes = 2 * 2 ** 20;
  const engine: Engine = {
    setFlag: (flag) => void flags.push(flag),
    youngBytes: () => youngBytes,
    afterCollections: (tell) => {
      listeners.add(tell);
      return () => void listeners.delete(tell);
    },
  };
  const collect = (bytesAfter: number): void => {
    youngBytes = bytesAfter;
    for (const tell of listeners) tell();
  };
  return { engine, flags, collect, isListening: () => listeners.size > 0 };
};

test('what is in use may at most double before the heap is collected', () => {
  const { engine, flags } = engineOf();
  boundHeap(engine);
  expect(flags).toEqual(['--heap-growing-percent=100']);
});

test('the space for short-lived objects grows to 4 MiB a half, and no further', () => {
  const { engine, flags, collect, isListening } = engineOf();
  boundHeap(engine);
  collect(4 * 2 ** 20);
  expect(flags).not.toContain('--semi-space-growth-factor=1');
  collect(8 * 2 ** 20);
  expect(flags).toContain('--semi-space-growth-factor=1');
  expect(isListening()).toBe(false);
});

test('V8 says how large its space for short-lived objects is', () => {
  expect(v8Engine.youngBytes()).toBeGreaterThan(0);
});
