import { expect, test } from '@jest/globals';
import { createPrivateTokens } from './private-tokens.ts';

const access = createPrivateTokens(new Map([['L1', 'pit-1']]));

test('each location has its own token, which cannot be renewed', async () => {
  const { token, renew } = access.authenticatorFor('L1');
  expect(await token()).toBe('pit-1');
  expect(await renew('pit-1')).toBe(false);
});

test('a location without a token cannot be read', async () => {
  await expect(access.authenticatorFor('L2').token()).rejects.toMatchObject({
    failureType: 'config_error',
    reach: 'partition',
    access: 'refused',
    message: expect.stringContaining('location_tokens'),
  });
});
