import { expect, test } from '@jest/globals';
import { answer } from '../http/doubles/scripted-client.ts';
import { createScriptedChain, expired } from './doubles/scripted-chain.ts';

const spent = answer(400, {
  error: 'invalid_grant',
  error_description: 'Invalid grant: refresh token is invalid',
});

test('a spent refresh token does not matter while the access token may last', async () => {
  const { chain, client, log } = createScriptedChain({ script: [spent], initial: expired });
  expect(await Promise.all([chain.token(), chain.token()])).toEqual(['access-1', 'access-1']);
  expect(await chain.token()).toBe('access-1');
  expect(log.lines).toEqual([expect.stringMatching(/^warn: .*refresh token/)]);
  await expect(chain.renew('access-1')).rejects.toMatchObject({ failureType: 'config_error', reach: 'sync' });
  await expect(chain.renew('access-1')).rejects.toThrow('refresh token');
  expect(client.sent).toHaveLength(1);
});

test.each([
  ['error code', spent],
  ['message', answer(400, { statusCode: 400, message: 'Invalid grant: refresh token is invalid' })],
  ['status 401', answer(401, { error: 'invalid_grant' })],
])('a spent refresh token after a refusal is a matter for a person (%s)', async (_, response) => {
  const { chain, client } = createScriptedChain({ script: [response] });
  await expect(chain.renew('access-1')).rejects.toMatchObject({
    failureType: 'config_error',
    reach: 'sync',
    message: expect.stringMatching(/settings of the source and sign in again, or paste a new refresh token/),
  });
  await expect(chain.token()).resolves.toBe('access-1');
  expect(client.sent).toHaveLength(1);
});

test('on the first attempt of the platform a spent refresh token may be an old one', async () => {
  const { chain } = createScriptedChain({ script: [spent], mayBeStale: true });
  await expect(chain.renew('access-1')).rejects.toMatchObject({
    failureType: 'transient_error',
    reach: 'sync',
  });
});

test('a spent refresh token without an access token ends the sync', async () => {
  const { chain } = createScriptedChain({
    script: [spent],
    initial: { accessToken: '', refreshToken: 'refresh-1' },
  });
  await expect(chain.token()).rejects.toMatchObject({ failureType: 'config_error' });
});

test.each([
  [
    401,
    { error: 'UnAuthorized!', error_description: 'Invalid client credentials!' },
    /client_id and client_secret/,
  ],
  [400, { statusCode: 400, message: 'Location is not active' }, /same refresh token then works again/],
  [400, { statusCode: 400, message: 'Missing parameter: client_id' }, /400, "Missing parameter: client_id"/],
  [422, {}, /\(422\)/],
])('a refresh answered with %d %j is explained', async (status, body, message) => {
  const { chain, client } = createScriptedChain({ script: [answer(status, body)], initial: expired });
  const expected = {
    failureType: 'config_error',
    reach: 'sync',
    status,
    message: expect.stringMatching(message),
  };
  await expect(chain.token()).rejects.toMatchObject(expected);
  await expect(chain.token()).rejects.toThrow(message);
  expect(client.sent).toHaveLength(1);
});

test('an inactive location is told as such', async () => {
  const { chain } = createScriptedChain({
    script: [answer(400, { message: 'Location is not active' })],
    initial: expired,
  });
  await expect(chain.token()).rejects.toMatchObject({ access: 'inactive' });
});

test('a class that cannot be learnt because the refresh token is spent ends the sync', async () => {
  const { chain } = createScriptedChain({ script: [spent] });
  await expect(chain.identity()).rejects.toThrow('refresh token');
});
