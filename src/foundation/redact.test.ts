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
