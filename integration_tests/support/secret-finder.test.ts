import { expect, test } from '@jest/globals';
import { createSecretFinder } from './secret-finder.ts';

const SECRET = 'pit-3f"ä/+~ 7b.hush-hush';
const NAMED = [expect.stringContaining('characters')];

test.each([
  ['as it is', SECRET],
  ['by the end that nobody could guess', 'ends with hush-hush'],
  ['in JSON', JSON.stringify({ token: SECRET })],
  ['in JSON inside of JSON', JSON.stringify({ body: SECRET })],
  ['in an address', `https://x/?key=${encodeURIComponent(SECRET)}&a=1`],
  ['in a form', new URLSearchParams({ a: '1', token: SECRET, b: '2' }).toString()],
  ['in Base64', Buffer.from(SECRET).toString('base64')],
  ['in Base64 behind one character', Buffer.from(`x${SECRET}yz`).toString('base64')],
  ['in Base64 behind two characters', Buffer.from(`xy${SECRET}z`).toString('base64')],
  ['in a basic header', `Basic ${Buffer.from(`client:${SECRET}`).toString('base64')}`],
  ['in the alphabet for addresses', Buffer.from(`{"a":"${SECRET}"}`).toString('base64url')],
])('a secret is found %s', (_, text) => {
  expect(createSecretFinder(['another-one', SECRET])(`before ${text} behind`)).toStrictEqual(
    expect.arrayContaining(NAMED),
  );
});

test('whatever is found is not printed whole', () => {
  expect(createSecretFinder(['hush-hush-hush'])('hush-hush-hush').join()).not.toContain('hush-hush');
});

test.each([
  ['a text without one', 'nothing to see'],
  ['half of one', SECRET.slice(0, 15)],
  ['a secret that is a word', 'token'],
])('nothing is found in %s', (_, text) => {
  expect(createSecretFinder([SECRET, 'token'])(text)).toStrictEqual([]);
});

test('ten thousand secrets are found in one pass', () => {
  const secrets = Array.from({ length: 10_000 }, (_, index) => `secret-number-${String(index)}-of-many`);
  const find = createSecretFinder(secrets);
  expect(find('x'.repeat(1_000_000))).toStrictEqual([]);
  expect(find(`${'x'.repeat(1_000_000)}${secrets[7777] ?? ''}`)).toHaveLength(1);
});
