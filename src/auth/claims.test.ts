import { expect, test } from '@jest/globals';
import { readClaims } from './claims.ts';
import { jwt } from './doubles/jwt.ts';

test('reads what a token of HighLevel says', () => {
  const token = jwt({
    authClass: 'Company',
    authClassId: 'C1',
    primaryAuthClassId: 'C1',
    oauthMeta: { scopes: ['contacts.readonly', 'oauth.write'] },
    exp: 1_800_000_000,
  });
  expect(readClaims(token)).toEqual({
    tokenClass: 'Company',
    classId: 'C1',
    companyId: undefined,
    expiresAtMs: 1_800_000_000_000,
    scopes: ['contacts.readonly', 'oauth.write'],
  });
});

test('leaves out what makes no sense', () => {
  const token = jwt({
    authClass: 'Galaxy',
    authClassId: 5,
    primaryAuthClassId: 'L1',
    oauthMeta: { scopes: [1, 'a'] },
    exp: 'soon',
  });
  expect(readClaims(token)).toEqual({
    tokenClass: undefined,
    classId: 'L1',
    companyId: undefined,
    expiresAtMs: undefined,
    scopes: ['a'],
  });
  expect(readClaims(jwt({ exp: -1, oauthMeta: { scopes: 'a b' } }))).toMatchObject({
    expiresAtMs: undefined,
    scopes: undefined,
  });
});

test.each([
  '',
  'pit-5f2c0a3e-0000-4000-8000-000000000000',
  'a.b',
  'a.b.c',
  'a.b.c.d',
  '..',
  jwt([1, 2]),
  jwt('text'),
  jwt(null),
  `x.${Buffer.from('{"cut":').toString('base64url')}.y`,
  '\u0000.\uffff.💥',
])('%p is no such token', (token) => {
  expect(readClaims(token)).toBeUndefined();
});
