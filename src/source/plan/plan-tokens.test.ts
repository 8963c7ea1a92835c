import { expect, test } from '@jest/globals';
import type { OAuthTokens } from '../../auth/oauth-tokens.ts';
import type { TokenStore } from '../../auth/token-store.ts';
import { planTokens } from './plan-tokens.ts';

const TOKENS: OAuthTokens = { accessToken: 'access', refreshToken: 'refresh', expiresAtMs: undefined };

const storeThat = (keep: TokenStore['keep']): TokenStore => ({
  newest: () => Promise.resolve(undefined),
  prepare: (present) => Promise.resolve(present),
  keep,
});

const planned = (store: TokenStore | undefined) => {
  const told: OAuthTokens[] = [];
  const tokens = planTokens(store, (renewed) => {
    told.push(renewed);
    return Promise.resolve();
  });
  return { ...tokens, told };
};

test('without a file no refresh token is spent', async () => {
  const { store } = planned(undefined);
  await expect(store?.prepare(TOKENS)).rejects.toMatchObject({
    failureType: 'config_error',
    reach: 'sync',
    message: expect.stringContaining('--token-file'),
  });
});

test('tokens that the file keeps are not printed', async () => {
  const { store, onRotated, told } = planned(storeThat((renewed) => Promise.resolve(renewed)));
  expect(await store?.keep(TOKENS)).toBe(TOKENS);
  await onRotated(TOKENS);
  expect(told).toEqual([]);
});

test('tokens that the file fails to keep are printed rather than lost', async () => {
  const { store, told } = planned(storeThat(() => Promise.reject(new Error('disk full'))));
  await expect(store?.keep(TOKENS)).rejects.toThrow('disk full');
  expect(told).toEqual([TOKENS]);
});
