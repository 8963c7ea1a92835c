import { expect, test } from '@jest/globals';
import { redirectTarget } from './redirect-target.ts';

test.each([
  ['http://localhost:8080', { hosts: ['127.0.0.1', '::1'], port: 8080, path: '/' }],
  ['http://127.0.0.1:4000/a/b?c=d', { hosts: ['127.0.0.1'], port: 4000, path: '/a/b' }],
  ['http://[::1]/x', { hosts: ['::1'], port: 80, path: '/x' }],
  ['https://localhost:8080', undefined],
  ['https://example.com/back', undefined],
  ['http://localhost.example.com:8080', undefined],
])('%s is listened for at %j', (redirectUri, expected) => {
  expect(redirectTarget(redirectUri)).toEqual(expected);
});

test.each(['', 'localhost:8080', 'ftp://localhost', 'http://localhost:8080/#x'])('%j is refused', (uri) => {
  expect(() => redirectTarget(uri)).toThrow('--redirect-uri must be an address');
});
