import { describe, expect, test } from '@jest/globals';
import type { JsonObject, JsonValue } from '../foundation/json.ts';
import { incrementalReader } from '../stream/reader.ts';
import { contacts } from '../streams/contacts.ts';
import { createStreamState, knownLocations } from './stream-state.ts';

const check = (state: JsonValue): void => incrementalReader(contacts)?.check(state);
const iso = '2026-01-01T00:00:00.000Z';
const entry = (id: string, cursor: JsonObject): JsonObject => ({ partition: { location_id: id }, cursor });

describe('the state of a stream', () => {
  test('keeps the entries of locations it does not read as they came', () => {
    const odd = { date_updated: iso, from_elsewhere: 1 };
    const state = createStreamState({ states: [entry('A', odd), entry('B', { date_updated: iso })] }, check);
    state.set('B', { date_updated: '2026-01-01T00:00:00.001Z' });
    expect(state.toJson()).toEqual({
      states: [entry('A', odd), entry('B', { date_updated: '2026-01-01T00:00:00.001Z' })],
    });
  });

  test('is also read in its older form, by location', () => {
    const state = createStreamState({ A: { date_updated: iso } }, check);
    expect(state.cursorOf('A')).toEqual({ date_updated: iso });
    expect(state.toJson()).toEqual({ states: [entry('A', { date_updated: iso })] });
  });

  test('ignores what a platform or another connector adds', () => {
    const state = createStreamState(
      { use_global_cursor: false, lookback_window: 3, states: [entry('A', { date_updated: iso })] },
      check,
    );
    expect(state.locationIds()).toEqual(['A']);
  });

  test('remembers which locations were skipped', () => {
    const state = createStreamState({ states: [], skipped_locations: ['X'] }, check);
    expect(state.toJson()).toEqual({ states: [], skipped_locations: ['X'] });
    state.setSkipped([]);
    expect(state.toJson()).toEqual({ states: [] });
  });

  test.each([
    ['a list of texts', { states: ['A'] }],
    ['states that are no list', { states: { A: 1 } }],
    ['an entry without a location', { states: [{ partition: {}, cursor: {} }] }],
    ['an entry without a cursor', { states: [{ partition: { location_id: 'A' } }] }],
    ['a cursor of the whole stream', { date_updated: iso }],
    ['a location without a name', { '': { date_updated: iso } }],
    ['a state inside a state', { data: { states: [] } }],
    ['a cursor of another connector', { states: [entry('A', { updatedAt: 5 })] }],
  ])('of another shape (%s) is refused with the cure', (_name, json) => {
    expect(() => createStreamState(json, check)).toThrow(/reset/);
  });
});

test('the locations that states know are gathered from all that can be read', () => {
  const known = knownLocations([
    { states: [entry('A', {}), entry('B', {})], skipped_locations: ['S'] },
    { states: ['broken', entry('X', {})] },
    { C: { date_updated: iso } },
  ]);
  expect([...known.read]).toEqual(['A', 'B', 'C']);
  expect([...known.skipped]).toEqual(['S']);
});
