import { expect, test } from '@jest/globals';
import type { Authenticator } from '../http/authenticator.ts';
import { createSingleLocationAccess } from './location-access.ts';

const own: Authenticator = { token: () => Promise.resolve('t'), renew: () => Promise.resolve(true) };
const access = createSingleLocationAccess(own, 'L1');

test('the one location uses the sign-in itself', () => {
  expect(access.authenticatorFor('L1')).toBe(own);
});

test('any other location is refused by name', async () => {
  const { token, renew } = access.authenticatorFor('L2');
  await expect(token()).rejects.toMatchObject({ reach: 'partition', access: 'refused' });
  await expect(token()).rejects.toThrow(/for location L1 only/);
  expect(await renew('t')).toBe(false);
});
