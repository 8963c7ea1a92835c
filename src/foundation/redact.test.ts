import { expect, test } from '@jest/globals';
import { createRedactor } from './redact.ts';

test('every occurrence of every secret is masked', () => {
  const { add, redact } = createRedactor();
  add('hush-hush');
  add('quiet');
  expect(redact('quiet, hush-hush, quiet')).toBe('****, ****, ****');
});

test('a secret inside another leaves nothing of the longer one readable', () => {
  const { add, redact } = createRedactor();
  add('token');
  add('token-with-tail');
  expect(redact('token-with-tail')).toBe('****');
});

test('texts too short to be secrets are left alone', () => {
  const { add, redact } = createRedactor();
  add('');
  add('abc');
  expect(redact('abc')).toBe('abc');
});

test.each([
  ['a JSON Web Token', 'the token eyJhbGciOiJI.eyJzdWIiOiIx.c2lnbmF0dXJl is', 'the token **** is'],
  ['one that was cut off', 'the token eyJhbGciOiJIUzI1', 'the token ****'],
  ['one in an address', 'key=eyJhbGciOiJI.eyJzdWIiOiIx.c2ln&x=1', 'key=****&x=1'],
  ['a private token', 'Bearer pit-0a1b2c3d-0000', 'Bearer ****'],
  ['a word that begins alike', 'pit-stop, eyJ', 'pit-stop, eyJ'],
])('%s is told by its looks', (_, text, expected) => {
  expect(createRedactor().redact(text)).toBe(expected);
});

test.each([
  ['inside of JSON', JSON.stringify({ echo: 'p"w/ä +1' })],
  ['in an address', `/token?key=${encodeURIComponent('p"w/ä +1')}&x=1`],
  ['in a form', new URLSearchParams({ key: 'p"w/ä +1', x: '1' }).toString()],
])('a secret is masked %s', (_, text) => {
  const { add, redact } = createRedactor();
  add('p"w/ä +1');
  expect(redact(text)).toContain('****');
});

test('what servers write cannot begin a line of its own', () => {
  const { redact } = createRedactor();
  expect(redact('no\nERROR forged \u001b[2J')).toBe('no ERROR forged  ');
});
