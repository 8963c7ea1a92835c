import { expect, test } from '@jest/globals';
import { addressOf, encodeBody } from './wire-request.ts';

test.each([
  ['https://api.test', '/contacts/', undefined, 'https://api.test/contacts/'],
  ['https://api.test/', '/contacts/', {}, 'https://api.test/contacts/'],
  ['http://127.0.0.1:80/prefix', '/a', { limit: 5, x: undefined }, 'http://127.0.0.1:80/prefix/a?limit=5'],
  ['https://api.test', '/a?b=1', { c: true, d: 'e f&g' }, 'https://api.test/a?b=1&c=true&d=e+f%26g'],
  ['https://api.test', 'https://broker.test/t?k=1', undefined, 'https://broker.test/t?k=1'],
])('%s with %s and %j is %s', (baseUrl, path, query, expected) => {
  expect(addressOf(baseUrl, path, query)).toBe(expected);
});

test('a body is written as its kind says', () => {
  expect(encodeBody(undefined)).toEqual({ contentHeaders: {} });
  expect(encodeBody({ kind: 'json', value: { a: [1] } })).toEqual({
    text: '{"a":[1]}',
    contentHeaders: { 'content-type': 'application/json' },
  });
  expect(encodeBody({ kind: 'form', value: { a: 'b c', d: 'é+' } })).toEqual({
    text: 'a=b+c&d=%C3%A9%2B',
    contentHeaders: { 'content-type': 'application/x-www-form-urlencoded' },
  });
});
