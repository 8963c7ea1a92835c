import { expect, test } from '@jest/globals';
import { nearest } from './nearest.ts';

const NAMES = ['spec', 'check', 'discover', 'read', 'config', 'catalog', 'state', 'token-file'];

test.each([
  ['chekc', 'check'],
  ['sate', 'state'],
  ['confg', 'config'],
  ['catalogue', 'catalog'],
  ['tokenfile', 'token-file'],
  ['write', undefined],
  ['d', undefined],
  ['', undefined],
])('for %j it is %j that was meant', (word, expected) => {
  expect(nearest(word, NAMES)).toBe(expected);
});

test('among no names none was meant', () => {
  expect(nearest('check', [])).toBeUndefined();
});
