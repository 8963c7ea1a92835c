import { expect, test } from '@jest/globals';
import { mostUrgent } from './most-urgent.ts';

test.each([
  ['the highest', [1, 3, 2], 3],
  ['anything rather than nothing', [-Infinity], -Infinity],
  // It would wait for ever.
  ['anything rather than nothing, even without a number', [Number.NaN], Number.NaN],
])('the most urgent is %s', (_, all, expected) => {
  expect(mostUrgent(all, (one) => one)).toBe(expected);
});

test.each([
  ['comes before what is known and was later', [undefined, 5, 9], undefined],
  ['comes after the most urgent that was there before', [5, 9, undefined], 9],
  ['comes before the most urgent that was there later', [5, undefined, 9], undefined],
  ['comes after what cannot wait', [undefined, Infinity], Infinity],
])('what nobody knows of %s', (_, all, expected) => {
  const found = mostUrgent(
    all.map((urgency) => ({ urgency })),
    ({ urgency }) => urgency,
  );
  expect(found).toEqual({ urgency: expected });
});

test('among equals the first is the most urgent, and among none nobody', () => {
  const all = [{ urgency: 1 }, { urgency: 1 }];
  expect(mostUrgent(all, ({ urgency }) => urgency)).toBe(all[0]);
  const none: typeof all = [];
  expect(mostUrgent(none, ({ urgency }) => urgency)).toBeUndefined();
});
