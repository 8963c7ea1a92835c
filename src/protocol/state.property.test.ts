import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anyJson, anyJsonObject } from '../foundation/doubles/any-json.ts';
import { ConnectorError } from '../foundation/errors.ts';
import { isJsonObject } from '../foundation/json.ts';
import { parseInputState } from './state.ts';

const NAMES = [
  'type',
  'stream',
  'stream_descriptor',
  'name',
  'stream_state',
  'global',
  'global_',
  'data',
  'state',
];
const nearly = fc.oneof(
  anyJson(NAMES),
  anyJsonObject(NAMES),
  fc.array(anyJsonObject(NAMES), { maxLength: 4 }),
);

const read = (json: unknown): ReadonlyMap<string, unknown> | undefined => {
  try {
    return parseInputState(json);
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(ConnectorError);
    expect(thrown).toMatchObject({ failureType: 'config_error' });
    return undefined;
  }
};

test('any state file gives states, or is refused in words', () => {
  fc.assert(
    fc.property(nearly, (json) => {
      for (const state of read(json)?.values() ?? []) expect(isJsonObject(state)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test('a state file that is wrapped in itself very often is refused too', () => {
  const wrapped = Array.from({ length: 50_000 }).reduce<object>((state) => ({ type: 'STATE', state }), {});
  expect(read([wrapped])).toBeUndefined();
});

test('states are found again under the names of their streams, the last one of each', () => {
  const state = anyJsonObject().filter(
    (one) => Object.keys(one).length > 0 && one['__ab_no_cursor_state_message'] !== true,
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string({ minLength: 1 }), state), { maxLength: 5 }), (given) => {
      const messages = given.map(([name, stream_state]) => ({
        type: 'STREAM',
        stream: { stream_descriptor: { name }, stream_state },
      }));
      expect(read(messages)).toEqual(new Map(given));
      expect(read(messages.map((one) => ({ type: 'STATE', state: one })))).toEqual(new Map(given));
    }),
  );
});
