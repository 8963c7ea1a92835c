import { expect, test } from '@jest/globals';
import { jwt } from './doubles/jwt.ts';
import { parseTokenAnswer } from './token-answer.ts';

const nothing = {
  refreshToken: undefined,
  lifetimeMs: undefined,
  tokenClass: undefined,
  companyId: undefined,
  locationId: undefined,
  scopes: undefined,
};

test.each([
  [
    {
      access_token: 'a',
      refresh_token: 'r',
      expires_in: 86_399,
      userType: 'Location',
      companyId: 'C1',
      locationId: 'L1',
      scope: 'x.readonly y.readonly',
    },
    {
      accessToken: 'a',
      refreshToken: 'r',
      lifetimeMs: 86_399_000,
      tokenClass: 'Location',
      companyId: 'C1',
      locationId: 'L1',
      scopes: ['x.readonly', 'y.readonly'],
    },
  ],
  [
    { accessToken: 'a', refreshToken: 'r', expiresIn: '60' },
    { ...nothing, accessToken: 'a', refreshToken: 'r', lifetimeMs: 60_000 },
  ],
  [
    { access_token: 'a', companyId: 'C1' },
    { ...nothing, accessToken: 'a', companyId: 'C1' },
  ],
  [
    { access_token: 'a', expires_in: 'x', userType: 7 },
    { ...nothing, accessToken: 'a' },
  ],
  [
    { access_token: 'a', expires_in: 0 },
    { ...nothing, accessToken: 'a' },
  ],
])('reads %j', (body, expected) => {
  expect(parseTokenAnswer(body)).toEqual(expected);
});

test('the token itself knows its class better than the answer', () => {
  const body = { access_token: jwt({ authClass: 'Company' }), userType: 'Location' };
  expect(parseTokenAnswer(body)?.tokenClass).toBe('Company');
});

test.each([null, 'x', [], {}, { access_token: '' }, { access_token: 5 }])('%j has no token', (body) => {
  expect(parseTokenAnswer(body)).toBeUndefined();
});
