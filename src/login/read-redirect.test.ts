import { expect, test } from '@jest/globals';
import { type Bringer, readRedirect } from './read-redirect.ts';

test.each<[string, Bringer, object]>([
  ['code=abc&state=mine', 'browser', { kind: 'code', code: 'abc' }],
  ['code=abc&state=other', 'browser', { kind: 'foreign' }],
  ['code=abc&state=other', 'person', { kind: 'foreign' }],
  ['code=abc', 'browser', { kind: 'foreign' }],
  ['code=abc', 'person', { kind: 'code', code: 'abc' }],
  ['error=access_denied&state=mine', 'browser', { kind: 'refused', error: 'access_denied', description: '' }],
  ['error=x&error_description=why', 'browser', { kind: 'refused', error: 'x', description: 'why' }],
  ['error=access_denied&state=other', 'browser', { kind: 'foreign' }],
  ['', 'browser', { kind: 'empty' }],
  ['code=&state=mine', 'browser', { kind: 'empty' }],
  ['response_type=code&state=mine', 'person', { kind: 'empty' }],
])('"%s" from the %s is read as %j', (query, bringer, expected) => {
  expect(readRedirect(new URLSearchParams(query), 'mine', bringer)).toEqual(expected);
});
