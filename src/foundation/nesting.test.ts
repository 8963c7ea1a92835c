import { expect, test } from '@jest/globals';
import { isTooDeep, MOST_LEVELS } from './nesting.ts';

const isDeep = (json: string): boolean => isTooDeep(Buffer.from(json));
const lists = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
const objects = (levels: number): string => '{"a":'.repeat(levels) + '1' + '}'.repeat(levels);

test.each([lists, objects])('as many levels as allowed are fine, and one more is not', (nested) => {
  expect(isDeep(nested(MOST_LEVELS))).toBe(false);
  expect(isDeep(nested(MOST_LEVELS + 1))).toBe(true);
});

test('levels count wherever they are, and not what lies side by side', () => {
  const row = `{"id":"1","deep":${objects(MOST_LEVELS)}}`;
  expect(isDeep(`{"rows":[${row}]}`)).toBe(true);
  expect(isDeep(`[${'{"a":[1]},'.repeat(1000)}2]`)).toBe(false);
});

test.each([
  ['brackets inside a text', `{"a":"${'['.repeat(500)}"}`, false],
  ['brackets behind an escaped quote', `{"a":"\\"${'['.repeat(500)}"}`, false],
  ['brackets behind a text that ends in a backslash', `{"a":"\\\\","b":${lists(500)}}`, true],
  ['texts beyond ASCII', `{"ä€😀":"${'ä€😀'.repeat(500)}"}`, false],
  ['a text that is no JSON', '[['.repeat(500), true],
])('%s are told apart from levels', (_, json, expected) => {
  expect(isDeep(json)).toBe(expected);
});
