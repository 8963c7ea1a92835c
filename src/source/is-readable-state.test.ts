import { expect, test } from '@jest/globals';
import type { JsonObject } from '../foundation/json.ts';
import { campaigns } from '../streams/campaigns.ts';
import { contacts } from '../streams/contacts.ts';
import { isReadableState } from './is-readable-state.ts';

const stateOf = (cursor: JsonObject): JsonObject => ({
  states: [{ partition: { location_id: 'A' }, cursor }],
});

test('a state that a stream can go on from is readable', () => {
  expect(isReadableState(contacts, stateOf({ date_updated: '2026-01-01T00:00:00.000Z' }))).toBe(true);
});

test('a stream that keeps no state has none to go on from', () => {
  expect(isReadableState(campaigns, stateOf({ anything: 1 }))).toBe(false);
});

test.each([[stateOf({ date_updated: 'soon' })], [{ states: 5 }], [{ odd: 1 }]])('%j is not', (state) => {
  expect(isReadableState(contacts, state)).toBe(false);
});
