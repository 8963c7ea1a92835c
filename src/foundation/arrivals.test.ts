import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { createArrivals } from './arrivals.ts';

async function* items(...values: readonly (string | Error)[]): AsyncGenerator<string, void> {
  for (const value of values) {
    if (value instanceof Error) throw value;
    yield await Promise.resolve(value);
  }
}

test('what is most urgent is taken first, and what came first among equals', async () => {
  const sources = [items('a'), items('b'), items('c'), items('d')];
  const urgencies = [1, 5, 5, 2];
  const arrivals = createArrivals<string>((generator) => urgencies[sources.indexOf(generator)] ?? 0);
  sources.forEach(arrivals.pull);
  await nextTurn();
  const taken: unknown[] = [];
  for (const _ of sources) taken.push((await arrivals.take()).result.value);
  expect(taken).toEqual(['b', 'c', 'd', 'a']);
});

test('a failure ends the waiting once everything that came before it is taken', async () => {
  const arrivals = createArrivals<string>();
  arrivals.pull(items('before'));
  await nextTurn();
  arrivals.pull(items(new Error('boom')));
  await nextTurn();
  arrivals.pull(items('after'));
  await nextTurn();
  expect((await arrivals.take()).result.value).toBe('before');
  await expect(arrivals.take()).rejects.toThrow('boom');
});

test('whoever waits hears of what comes, and of a failure', async () => {
  const arrivals = createArrivals<string>();
  const first = arrivals.take();
  arrivals.pull(items('a'));
  expect((await first).result.value).toBe('a');
  const second = arrivals.take();
  arrivals.fail(new Error('over'));
  await expect(second).rejects.toThrow('over');
});
