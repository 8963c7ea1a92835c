import { expect, test } from '@jest/globals';
import { parsePasted } from './parse-pasted.ts';

const CODE = '0123456789abcdef0123456789abcdef01234567';

test.each([
  [`http://localhost:8080/?code=${CODE}&state=s`, { code: CODE, state: 's' }],
  [`  "https://example.com/back?x=1&code=${CODE}#top" `, { x: '1', code: CODE }],
  [`?code=${CODE}`, { code: CODE }],
  [`code=${CODE}&state=s`, { code: CODE, state: 's' }],
  [CODE, { code: CODE }],
  ['http://localhost:8080/?error=access_denied', { error: 'access_denied' }],
])('%s is read', (line, expected) => {
  expect(Object.fromEntries(parsePasted(line) ?? [])).toEqual(expected);
});

test.each([
  '',
  'yes',
  'http://localhost:8080/',
  'https://marketplace.gohighlevel.com/v2/oauth/chooselocation?response_type=code&client_id=x',
])('%j is no answer', (line) => {
  expect(parsePasted(line)).toBeUndefined();
});
