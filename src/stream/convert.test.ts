import { describe, expect, test } from '@jest/globals';
import type { JsonValue } from '../foundation/json.ts';
import {
  toBoolean,
  toDate,
  toEpochMs,
  toInteger,
  toNumber,
  toText,
  toTextOrJson,
  toTimestamp,
} from './convert.ts';

type Case = readonly [JsonValue, JsonValue | undefined];

const cases = (
  name: string,
  convert: (raw: JsonValue) => JsonValue | undefined,
  table: readonly Case[],
): void => {
  test.each(table)(`${name} makes of %j %j`, (raw, expected) => {
    expect(convert(raw)).toEqual(expected);
  });
};

describe('bringing values of the API to a type', () => {
  cases('toText', toText, [
    ['a', 'a'],
    [12.5, '12.5'],
    [true, 'true'],
    [['a'], undefined],
    [{}, undefined],
  ]);
  cases('toTextOrJson', toTextOrJson, [
    ['a', 'a'],
    [13, '13'],
    [['A', 'B'], '["A","B"]'],
    [{ a: 1 }, '{"a":1}'],
  ]);
  cases('toNumber', toNumber, [
    [1.5, 1.5],
    ['14.29', 14.29],
    ['', null],
    ['many', undefined],
    ['1e999', undefined],
    [Infinity, undefined],
    [true, undefined],
    // What JSON.parse makes of 1e400; it would be written as null without a word.
    [Infinity, undefined],
    ['9'.repeat(400), undefined],
  ]);
  cases('toInteger', toInteger, [
    ['3', 3],
    [3.5, undefined],
    ['', null],
  ]);
  cases('toBoolean', toBoolean, [
    [true, true],
    ['false', false],
    [{}, null],
    [{ a: 1 }, undefined],
    [1, undefined],
  ]);
  cases('toEpochMs', toEpochMs, [
    [1363132800000, 1363132800000],
    ['1363132800000', 1363132800000],
    ['2013-03-13', 1363132800000],
    ['2013-03-13T00:00:00.000Z', 1363132800000],
    ['', null],
    ['yesterday', undefined],
    ['99999999999999999', undefined],
    [1e300, undefined],
    [[], undefined],
    [Infinity, undefined],
    ['9'.repeat(400), undefined],
  ]);
  cases('toTimestamp', toTimestamp, [
    ['2025-09-22T04:08:40.348Z', '2025-09-22T04:08:40.348Z'],
    ['2025-09-22T06:08:40+02:00', '2025-09-22T04:08:40.000Z'],
    ['2025-13-22T04:08:40.348Z', undefined],
    ['2025-09-22T24:00:00.000Z', '2025-09-23T00:00:00.000Z'],
    ['2025-02-29T04:08:40.348Z', '2025-03-01T04:08:40.348Z'],
    ['0000-01-01T00:00:00.000Z', undefined],
    [1758514120348, '2025-09-22T04:08:40.348Z'],
    [9e15, undefined],
    // Neither is an RFC 3339 time that a destination takes as it stands.
    ['2024-01-01T24:00:00.000Z', '2024-01-02T00:00:00.000Z'],
    ['0000-01-01T00:00:00.000Z', undefined],
    ['0001-01-01T00:00:00.000Z', '0001-01-01T00:00:00.000Z'],
    ['', null],
  ]);
  cases('toDate', toDate, [
    [1363132800000, '2013-03-13'],
    ['2000-01-05T00:00:00.000Z', '2000-01-05'],
    ['', null],
    ['soon', undefined],
  ]);
});
