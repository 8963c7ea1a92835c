import fc from 'fast-check';
import { isJsonArray, isJsonObject, type JsonValue } from '../../src/foundation/json.ts';
import { hostileValue } from './hostile-json.ts';

type Act =
  | { readonly act: 'drop' | 'wrap' | 'nest' | 'double' | 'empty' | 'text' }
  | { readonly act: 'put'; readonly value: JsonValue }
  | { readonly act: 'add'; readonly key: string; readonly value: JsonValue };

/** One thing that is done to one place of a JSON value, whatever the value is. */
export type Damage = Act & {
  /** Which place, of all that may be damaged: in [0, 1). */
  readonly at: number;
};

export const damage: fc.Arbitrary<Damage> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constantFrom('drop', 'wrap', 'nest', 'double', 'empty', 'text'),
      at: fc.double({ min: 0, max: 0.999999, noNaN: true }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      act: fc.constant('put' as const),
      value: hostileValue,
      at: fc.double({ min: 0, max: 0.999999, noNaN: true }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      act: fc.constant('add' as const),
      key: fc.constantFrom(
        '__proto__',
        'constructor',
        'then',
        'toJSON',
        '',
        'id',
        '\u2028',
        'a\0',
        'x'.repeat(5000),
      ),
      value: hostileValue,
      at: fc.double({ min: 0, max: 0.999999, noNaN: true }),
    }),
  },
);

/** A key, or a place in a list. */
type Path = readonly string[];

const childrenOf = (value: JsonValue): readonly (readonly [string, JsonValue])[] =>
  isJsonArray(value)
    ? value.map((element, index) => [String(index), element] as const)
    : isJsonObject(value)
      ? Object.entries(value)
      : [];

/** Every place there is, the whole value included. */
const placesIn = (value: JsonValue, path: Path = []): readonly Path[] => [
  path,
  ...childrenOf(value).flatMap(([key, child]) => placesIn(child, [...path, key])),
];

const done = (value: JsonValue, act: Act): readonly JsonValue[] => {
  switch (act.act) {
    case 'drop':
      return [];
    case 'wrap':
      return [[value]];
    case 'nest':
      return [{ data: value }];
    case 'double':
      return [value, value];
    case 'empty':
      return [isJsonArray(value) ? [] : isJsonObject(value) ? {} : ''];
    case 'text':
      return [JSON.stringify(value)];
    case 'put':
      return [act.value];
    case 'add':
      // Not a literal: `__proto__` has to be a key.
      return isJsonObject(value)
        ? [Object.fromEntries([...Object.entries(value), [act.key, act.value]])]
        : [value, act.value];
  }
};

const replaced = (value: JsonValue, [key, ...rest]: Path, act: Act): readonly JsonValue[] => {
  if (key === undefined) return done(value, act);
  if (isJsonArray(value))
    return [value.flatMap((child, index) => (String(index) === key ? replaced(child, rest, act) : [child]))];
  if (!isJsonObject(value)) return [value];
  const entries = Object.entries(value).flatMap(([name, child]) =>
    name === key
      ? replaced(child, rest, act)
          .slice(0, 1)
          .map((one) => [name, one] as const)
      : [[name, child] as const],
  );
  return [Object.fromEntries(entries)];
};

/** The value with the damage done; null when nothing is left of it. */
export const damaged = (value: JsonValue, { at, ...act }: Damage, isPlace = (_: Path) => true): JsonValue => {
  const places = placesIn(value).filter(isPlace);
  const place = places[Math.floor(at * places.length)];
  return place === undefined ? value : (replaced(value, place, act)[0] ?? null);
};

/** Names that say which row it is, which rows it belongs to, what kind it is, or where the next page begins. */
const STRUCTURAL =
  /^(_?id|.*Ids?|key|type|campaignType|searchAfter|sort|startAfter.*|items|invoiceItems|stages|standard|.*Key)$/;

/** Names of instants. */
const TEMPORAL = /(date|time|at|on|added|updated)$|^(date|time)/i;

type Next = (key: string) => JsonValue | undefined;

const withStrangeValues = (value: JsonValue, next: Next): JsonValue => {
  if (isJsonArray(value)) return value.map((element) => withStrangeValues(element, next));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => {
      if (STRUCTURAL.test(key)) return [key, child];
      return [key, next(key) ?? withStrangeValues(child, next)];
    }),
  );
};

const rowsEverywhere = (value: JsonValue, change: (row: JsonValue) => JsonValue): JsonValue => {
  if (isJsonArray(value)) return value.map((element) => (isJsonObject(element) ? change(element) : element));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key, rowsEverywhere(child, change)]),
  );
};

export interface Strange {
  readonly values: readonly (JsonValue | undefined)[];
  /** For names of instants. */
  readonly dates: readonly (JsonValue | undefined)[];
}

/** The answer with strange values inside its rows, in turn; undefined leaves one as it is. Ids stay what they are. */
export const withStrangeRows = (answer: JsonValue, { values, dates }: Strange): JsonValue => {
  let at = 0;
  const next: Next = (key) => {
    at += 1;
    const from = TEMPORAL.test(key) ? dates : values;
    return from[at % from.length];
  };
  return rowsEverywhere(answer, (row) => withStrangeValues(row, next));
};
