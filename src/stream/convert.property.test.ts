import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { anyInstant, anyJson } from '../foundation/doubles/any-json.ts';
import {
  boolean,
  date,
  epochMs,
  integer,
  jsonText,
  map,
  number,
  text,
  textOrJson,
  timestamp,
} from './columns.ts';
import { toEpochMs, toTimestamp } from './convert.ts';

const ajv = new Ajv({ strict: true, allowUnionTypes: true });
addFormats.default(ajv);
ajv.addKeyword('airbyte_type');

const value = fc.oneof(anyJson(), anyInstant());

describe.each([
  ['text', text()],
  ['integer', integer()],
  ['number', number()],
  ['boolean', boolean()],
  ['date', date()],
  ['epochMs', epochMs()],
  ['timestamp', timestamp()],
  ['jsonText', jsonText()],
  ['textOrJson', textOrJson()],
  ['map', map()],
])('a column of the type %s', (_, column) => {
  const fits = ajv.compile(column.schema);

  test('takes any value, and brings it to its schema or says that it does not fit', () => {
    fc.assert(
      fc.property(value, (raw) => {
        fc.pre(raw !== null);
        const converted = column.convert(raw, () => undefined);
        if (converted === undefined) return;
        // What is printed is what counts: infinity would be printed as null.
        const printed: unknown = JSON.parse(JSON.stringify(converted));
        expect(fits(printed)).toBe(true);
        expect(printed === null).toBe(converted === null);
      }),
      { numRuns: 300 },
    );
  });
});

test('an instant is the same in milliseconds and as a date-time, and converting it again changes nothing', () => {
  fc.assert(
    fc.property(anyInstant(), (raw) => {
      const converted = raw === null ? null : toTimestamp(raw);
      if (typeof converted !== 'string') return;
      expect(Date.parse(converted)).toBe(raw === null ? null : toEpochMs(raw));
      expect(toTimestamp(converted)).toBe(converted);
    }),
  );
});
