import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anyJson, anyJsonObject } from '../foundation/doubles/any-json.ts';
import { ConnectorError } from '../foundation/errors.ts';
import type { JsonObject } from '../foundation/json.ts';
import { createStreamState, knownLocations, type StreamState } from './stream-state.ts';

const NAMES = ['states', 'partition', 'location_id', 'cursor', 'skipped_locations'];
const entry = fc.oneof(
  anyJson(NAMES),
  fc.record({ partition: anyJsonObject(NAMES), cursor: anyJson() }),
  fc.record({ partition: fc.record({ location_id: fc.string() }), cursor: anyJson() }),
);
const nearly: fc.Arbitrary<JsonObject> = fc.oneof(
  anyJsonObject(NAMES),
  fc.record({ states: fc.array(entry, { maxLength: 4 }), skipped_locations: anyJson() }),
);

const read = (json: JsonObject | undefined): StreamState | undefined => {
  try {
    return createStreamState(json, () => undefined);
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(ConnectorError);
    expect(thrown).toMatchObject({ failureType: 'config_error' });
    return undefined;
  }
};

test('any state of a stream is read, or refused as what it is, and what is read comes out unchanged', () => {
  fc.assert(
    fc.property(nearly, (json) => {
      knownLocations([json]);
      const written = read(json)?.toJson();
      expect(written && read(written)?.toJson()).toEqual(written);
    }),
    { numRuns: 500 },
  );
});

test('entries stay as they are until they are set, and are found again', () => {
  const cursors = fc.uniqueArray(fc.tuple(fc.string({ minLength: 1 }), anyJsonObject()), {
    selector: ([id]) => id,
  });
  fc.assert(
    fc.property(cursors, cursors, (before, after) => {
      const first = read(undefined);
      for (const [id, cursor] of before) first?.set(id, cursor);
      const second = read(first?.toJson());
      for (const [id, cursor] of after) second?.set(id, cursor);
      const merged = new Map([...before, ...after]);
      const third = read(second?.toJson());
      expect(third?.locationIds()).toEqual([...merged.keys()]);
      for (const [id, cursor] of merged) expect(third?.cursorOf(id)).toEqual(cursor);
    }),
  );
});
