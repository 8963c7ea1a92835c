import { expect, test } from '@jest/globals';
import { withRotatedTokens } from './rotate-config.ts';

const original = {
  _limit: 5,
  api_url: '',
  location_ids: ['a'],
  invented: null,
  credentials: {
    auth_type: 'oauth2.0',
    client_id: 'client',
    client_secret: 'secret',
    refresh_token: 'old refresh',
    access_token: 'old access',
    token_expiry_date: '2026-01-01T00:00:00Z',
    scopes: '',
  },
};
const tokens = { accessToken: 'new access', refreshToken: 'new refresh' };

test('rotation changes the tokens and their expiry, and nothing else', () => {
  const before = structuredClone(original);
  expect(withRotatedTokens(original, { ...tokens, expiresAtMs: Date.UTC(2026, 1, 2, 3) })).toEqual({
    ...original,
    credentials: {
      ...original.credentials,
      refresh_token: 'new refresh',
      access_token: 'new access',
      token_expiry_date: '2026-02-02T03:00:00.000Z',
    },
  });
  expect(original).toEqual(before);
});

test('an expiry that is not known any more is emptied, also where the platform merges', () => {
  const rotated = withRotatedTokens(original, tokens);
  expect(rotated).toHaveProperty('credentials.token_expiry_date', '');
});
