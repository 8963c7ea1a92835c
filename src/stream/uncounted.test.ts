import { expect, test } from '@jest/globals';
import { pipelines } from '../streams/pipelines.ts';
import { createFakeContext } from './doubles/fake-context.ts';
import { isReadBy } from './definition.ts';
import { readList } from './read-list.ts';
import { uncounted } from './uncounted.ts';

const countsOf = async (isOurs: boolean): Promise<readonly (readonly number[])[]> => {
  const counts: (readonly number[])[] = [];
  const rows = [{ id: 'a' }, { id: 'b' }];
  const { context } = createFakeContext({ answer: () => ({ pipelines: rows, total: 2 }) });
  const counting = { ...context, counted: (...count: readonly number[]) => void counts.push(count) };
  if (!isReadBy(pipelines, 'list')) throw new TypeError('pipelines are a list');
  for await (const event of readList(pipelines, isOurs ? counting : uncounted(counting)))
    expect(event.kind).not.toBe('gap');
  return counts;
};

test('a list tells how many ids it gave and how many rows it says it has', async () => {
  expect(await countsOf(true)).toEqual([[2, 2]]);
});

test('a list that is read for another stream tells nothing', async () => {
  expect(await countsOf(false)).toEqual([]);
});
