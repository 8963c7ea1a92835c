import { describe, expect, test } from '@jest/globals';
import { resumedAt, sampledPlace, sampledStates } from './checkpoints.ts';
import { recordOf, stateOf, STREAMS } from './made-up-read.ts';

const placesOf = (count: number): readonly number[] =>
  [0, 1, 2, 3, 4].map((index) => sampledPlace(count, index, 5));

describe('samples of checkpoints', () => {
  test.each([
    [1, [0, 0, 0, 0, 0]],
    [2, [0, 0, 1, 1, 1]],
    [5, [0, 1, 2, 3, 4]],
    [41, [0, 10, 20, 30, 40]],
  ])('of %i reach from the first to the last', (count, places) => {
    expect(placesOf(count)).toStrictEqual(places);
  });

  test('are held against what came before and behind them', () => {
    const [stream] = STREAMS;
    if (stream === undefined) throw new RangeError('There is no stream.');
    const first = [
      recordOf('contacts', '1'),
      recordOf('tags', '1'),
      stateOf('contacts', 1),
      recordOf('contacts', '2'),
      recordOf('contacts', '3'),
      stateOf('contacts', 2),
    ];
    const { before, whole, rest } = resumedAt(stream, first, first.slice(3), sampledStates(0, 5));
    expect([before, whole, rest].map((records) => records.map(({ data }) => data['id']))).toStrictEqual([
      ['1'],
      ['1', '2', '3'],
      ['2', '3'],
    ]);
  });
});
