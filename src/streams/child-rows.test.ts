import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../foundation/json.ts';
import { childRows } from './child-rows.ts';

const items = childRows({ under: 'items', keep: ({ id = null, at = null }) => ({ orderId: id, at }) });
const idsOf = (parent: JsonObject) => items(parent).map(({ id }) => id);

describe('the rows in a row', () => {
  test('take from their parent what is to be kept, over what they have themselves', () => {
    expect(items({ id: 'p', at: 5, items: [{ id: 'a', at: 6, name: 'A' }] })).toEqual([
      { id: 'a', orderId: 'p', at: 5, name: 'A' },
    ]);
  });

  test('are none where there is no list', () => {
    expect([items({ id: 'p' }), items({ id: 'p', items: null }), items({ id: 'p', items: {} })]).toEqual([
      [],
      [],
      [],
    ]);
  });

  test.each([['text'], [7], [{ 0: { id: 'a' } }], [[{ id: 'a' }, 'b']], [[null]]])(
    'are not passed over where %j stands instead of a list of them',
    (unexpected) => {
      expect(() => items({ id: 'p', items: unexpected })).toThrow(/list .*"items"|named "items"/);
    },
  );

  test('have one id, whichever name it had', () => {
    expect(items({ id: 'p', items: [{ _id: 'a' }] })).toEqual([{ id: 'a', orderId: 'p', at: null }]);
    expect(idsOf({ id: 'p', items: [{ _id: 'a', id: 'b' }] })).toEqual(['b']);
  });

  test('without an id are named by their parent and place', () => {
    expect(
      idsOf({ id: 'p', items: [{ name: 'A' }, { id: '' }, { id: 'c' }, { id: null }, { id: 7 }] }),
    ).toEqual(['p:0', 'p:1', 'c', 'p:3', 'p:4']);
  });

  test('with the same id are told apart by their place, and the first keeps its own', () => {
    expect(idsOf({ id: 'p', items: [{ id: 'a' }, { id: 'b' }, { id: 'a' }, { id: 'a' }] })).toEqual([
      'a',
      'b',
      'a:2',
      'a:3',
    ]);
  });

  test('without an id, in a parent without one, are an error', () => {
    expect(() => items({ items: [{ name: 'A' }] })).toThrow('without an id');
  });
});
