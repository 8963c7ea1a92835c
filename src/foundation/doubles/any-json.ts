import fc from 'fast-check';
import type { JsonObject, JsonValue } from '../json.ts';

/** Names that mean something to objects, to patterns or to us. */
const NASTY_KEYS = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'length',
  '',
  ' ',
  '$ref',
  'ſsn',
  'id',
];
const NASTY_TEXTS = [
  '',
  ' ',
  '0',
  '-0',
  '1e999',
  '9'.repeat(400),
  '9007199254740993',
  '0x10',
  'null',
  'true',
  'NaN',
  '$&',
  '\ud83d',
  '\udc4d\ud83d',
  'a\u0000b',
  '\u2028',
  '"\\\n',
  '0000-01-01T00:00:00.000Z',
  '2023-02-29T00:00:00.000Z',
  '2024-02-30T00:00:00.000Z',
  '2024-01-01T24:00:00.000Z',
  '2024-12-31T23:59:60.000Z',
  '+275760-09-13T00:00:00.000Z',
  '-271821-04-20T00:00:00.000Z',
  '2024-13-01',
  '1704067200000',
  '99999999999999999',
];
/** `JSON.parse('1e999')` is Infinity. */
const NASTY_NUMBERS = [
  0,
  -0,
  1e300,
  -1e300,
  2 ** 53 + 2,
  8.64e15,
  8.64e15 + 1,
  1.5,
  1e-320,
  Infinity,
  -Infinity,
];

export const anyText = (): fc.Arbitrary<string> =>
  fc.oneof(fc.string({ unit: 'binary', maxLength: 12 }), fc.string(), fc.constantFrom(...NASTY_TEXTS));

const anyNumber = (): fc.Arbitrary<number> =>
  fc.oneof(fc.integer(), fc.double({ noNaN: true }), fc.constantFrom(...NASTY_NUMBERS));

/** An instant as an API may write it. */
export const anyInstant = (): fc.Arbitrary<JsonValue> =>
  fc
    .date({ noInvalidDate: true })
    .chain((date) =>
      fc.constantFrom<JsonValue>(
        date.toISOString(),
        date.getTime(),
        String(date.getTime()),
        date.toISOString().slice(0, 10),
        date.toUTCString(),
      ),
    );

/** Objects are built by `fromEntries`, as `JSON.parse` builds them: a key named `__proto__` is one like any other. */
const objectOf = <Value>(
  keys: fc.Arbitrary<string>,
  values: fc.Arbitrary<Value>,
): fc.Arbitrary<Record<string, Value>> =>
  fc.array(fc.tuple(keys, values), { maxLength: 6 }).map((entries) => Object.fromEntries(entries));

const nested = (value: JsonValue, depth: number): JsonValue =>
  Array.from({ length: depth }).reduce<JsonValue>(
    (inner, _, at) => (at % 2 === 0 ? [inner] : { inner }),
    value,
  );

/** @param keys names that shall occur besides: those that the thing under test knows */
const anyKey = (keys: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(
    anyText(),
    fc.constantFrom(...NASTY_KEYS),
    ...(keys.length === 0 ? [] : [{ arbitrary: fc.constantFrom(...keys), weight: 4 }]),
  );

const tree = (keys: readonly string[]): fc.Arbitrary<JsonValue> =>
  fc.letrec<{ value: JsonValue }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constant(null),
      fc.boolean(),
      anyNumber(),
      anyText(),
      anyInstant(),
      fc.array(tie('value'), { maxLength: 5 }),
      objectOf(anyKey(keys), tie('value')),
    ),
  })).value;

/** Any value that `JSON.parse` can return, the nasty ones among them: odd keys, half emojis, huge numbers, depth. */
export const anyJson = (keys: readonly string[] = []): fc.Arbitrary<JsonValue> => {
  const value = tree(keys);
  const deep = fc.tuple(value, fc.integer({ min: 50, max: 500 })).map(([leaf, depth]) => nested(leaf, depth));
  return fc.oneof({ arbitrary: value, weight: 9 }, { arbitrary: deep, weight: 1 });
};

/** The same, for what has to be an object. */
export const anyJsonObject = (keys: readonly string[] = []): fc.Arbitrary<JsonObject> =>
  objectOf(anyKey(keys), anyJson(keys));
