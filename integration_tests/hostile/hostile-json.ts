import fc from 'fast-check';
import type { JsonValue } from '../../src/foundation/json.ts';

/** What no value of JavaScript says, written in its place and put in when the JSON is made. */
const RAW: Readonly<Record<string, string>> = {
  '@too-large@': '1e400',
  '@too-small@': '-1e400',
  '@negative-zero@': '-0',
  '@past-2^53@': '9007199254740993',
  '@long-number@': '9'.repeat(400),
  '@200-levels@': '['.repeat(190) + ']'.repeat(190),
  '@10000-lists@': '['.repeat(10_000) + ']'.repeat(10_000),
  '@10000-objects@': '{"a":'.repeat(10_000) + 'null' + '}'.repeat(10_000),
};
const MARKS = new RegExp(`"(${Object.keys(RAW).join('|').replace('^', '\\^')})"`, 'g');

/** The JSON of a hostile value. */
export const toHostileText = (value: JsonValue): string =>
  JSON.stringify(value).replace(MARKS, (_, mark: string) => RAW[mark] ?? 'null');

const TEXTS = [
  '',
  ' ',
  '\u2028\u2029\u0085',
  '\ud83d',
  '\ude00\ud83d',
  '\\ud83d',
  '\0',
  'a\0b',
  '\r\n',
  '\uFEFF',
  '😀',
  'NaN',
  'null',
  '__proto__',
  '<html></html>',
  '"}\n{"type":"STATE"}\n',
  'x'.repeat(20_000),
];
const IDS = ['a/b', 'a b', '?', '#', '..', '.', '../../x', '%2e%2e', '%', 'ä', '😀', 'a\nb', 'id\ud83d'];
const DATES: readonly JsonValue[] = [
  '0000-00-00',
  '0000-00-00T00:00:00.000Z',
  '0000-01-01T00:00:00.000Z',
  '0001-01-01T00:00:00.000Z',
  '9999-12-31T23:59:59.999Z',
  '+275760-09-13T00:00:00.000Z',
  '+275760-09-13T00:00:00.001Z',
  '-271821-04-20T00:00:00.000Z',
  '2024-02-30T00:00:00.000Z',
  '2024-01-01T24:00:00.000Z',
  '2024-06-30T23:59:60.000Z',
  '2024-01-01',
  '2024-01-01 10:00',
  '01/02/2024',
  'Mon Jan 01 2024 00:00:00 GMT+0100 (CET)',
  '2024-01-01T00:00:00+14:00',
  '2024-01-01T00:00:00.123456789Z',
  '1704067200',
  '1704067200000',
  '1704067200000000',
  1704067200,
  1704067200000,
  1704067200000000,
  8.64e15,
  8.64e15 + 1,
  -8.64e15,
  1.5,
  -1,
];
const NUMBERS: readonly JsonValue[] = [
  0,
  1,
  -1,
  0.1,
  2 ** 53,
  2 ** 70,
  1e308,
  5e-324,
  ...Object.keys(RAW).slice(0, 5),
];
const OTHERS: readonly JsonValue[] = [
  null,
  true,
  false,
  [],
  {},
  [[]],
  [null],
  [{}],
  { id: null },
  { constructor: { prototype: 1 } },
  '@200-levels@',
];
/** Deeper than any answer may be. */
const DEEP: readonly JsonValue[] = ['@10000-lists@', '@10000-objects@'];

/** Parsed, because a literal would set the prototype. */
const POLLUTED = JSON.parse(
  '{"__proto__":{"id":"x"},"toString":1,"hasOwnProperty":null,"then":5}',
) as JsonValue;

/** A value that nobody expects where it stands, and that an answer may hold. */
export const strangeValue: fc.Arbitrary<JsonValue> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<JsonValue>(...OTHERS, POLLUTED) },
  { weight: 4, arbitrary: fc.constantFrom<JsonValue>(...TEXTS, ...IDS) },
  { weight: 4, arbitrary: fc.constantFrom(...DATES) },
  { weight: 3, arbitrary: fc.constantFrom(...NUMBERS) },
  {
    weight: 3,
    arbitrary: fc
      .jsonValue({ maxDepth: 3, stringUnit: 'binary' })
      // As it comes over the wire, with `__proto__` as a key.
      .map((value) => JSON.parse(JSON.stringify(value)) as JsonValue),
  },
);

/** An instant as nobody should write it. */
export const strangeDate: fc.Arbitrary<JsonValue> = fc.constantFrom(
  ...DATES,
  '@too-large@',
  '9'.repeat(400),
  true,
  {},
  [1],
);

/** The same as a strange value, or one that no answer may hold. */
export const hostileValue: fc.Arbitrary<JsonValue> = fc.oneof(
  { weight: 15, arbitrary: strangeValue },
  { weight: 1, arbitrary: fc.constantFrom(...DEEP) },
);
