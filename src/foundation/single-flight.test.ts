import { expect, test } from '@jest/globals';
import { singleFlight } from './single-flight.ts';

test('callers who ask at once share one call, later ones get another', async () => {
  let calls = 0;
  const work = singleFlight(() => Promise.resolve((calls += 1)));
  expect(await Promise.all([work(), work(), work()])).toEqual([1, 1, 1]);
  expect(await work()).toBe(2);
});

test('a failure is shared too, and does not stick', async () => {
  let calls = 0;
  const work = singleFlight(() => {
    calls += 1;
    return calls === 1 ? Promise.reject(new Error('first')) : Promise.resolve('second');
  });
  const outcomes = await Promise.allSettled([work(), work()]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await expect(work()).resolves.toBe('second');
});
