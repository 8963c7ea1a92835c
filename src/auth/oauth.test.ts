import { expect, test } from '@jest/globals';
import { answer, type Script } from '../http/doubles/scripted-client.ts';
import { createScriptedRequester } from '../http/doubles/scripted-requester.ts';
import { jwt } from './doubles/jwt.ts';
import { createScriptedChain, expired, nextTokens } from './doubles/scripted-chain.ts';
import { createOAuthChain } from './oauth.ts';

const HOUR_MS = 3_600_000;
const LATER_MS = 24 * HOUR_MS;

test('a valid token is used as it is', async () => {
  const { chain, client } = createScriptedChain();
  expect(await chain.token()).toBe('access-1');
  expect(client.sent).toEqual([]);
});

test('a refresh sends a form without any token in its headers', async () => {
  const { chain, client } = createScriptedChain({ initial: expired });
  await chain.token();
  expect(client.sent).toMatchObject([
    {
      method: 'POST',
      path: '/oauth/token',
      headers: { version: '2021-07-28' },
      body: {
        kind: 'form',
        value: {
          client_id: 'app-1',
          client_secret: 'client-secret',
          grant_type: 'refresh_token',
          refresh_token: 'refresh-1',
        },
      },
    },
  ]);
  expect(client.sent[0]?.headers).not.toHaveProperty('authorization');
});

test('fifty callers that meet an expired token send one refresh, and use it after it was kept', async () => {
  const { chain, client, events } = createScriptedChain({ initial: expired });
  const tokens = await Promise.all(
    Array.from({ length: 50 }, async () => {
      const token = await chain.token();
      events.push(`used ${token}`);
      return token;
    }),
  );
  expect(new Set(tokens)).toEqual(new Set(['access-2']));
  expect(client.sent).toHaveLength(1);
  expect(events.slice(0, 4)).toEqual([
    'secret access-2',
    'secret refresh-2',
    'kept access-2 refresh-2',
    'used access-2',
  ]);
});

test('fifty callers whose token was refused send one refresh', async () => {
  const { chain, client } = createScriptedChain();
  await Promise.all(Array.from({ length: 50 }, () => chain.renew('access-1')));
  expect(await chain.renew('access-1')).toBe(true);
  expect(await chain.token()).toBe('access-2');
  expect(client.sent).toHaveLength(1);
});

test('who asks for a token during a refresh gets the new one', async () => {
  const { chain } = createScriptedChain();
  const renewal = chain.renew('access-1');
  expect(await chain.token()).toBe('access-2');
  await renewal;
});

test.each([
  ['the expiry date of the settings', { ...expired, expiresAtMs: HOUR_MS }],
  ['the expiry that the token tells', { accessToken: jwt({ exp: 3600 }), refreshToken: 'refresh-1' }],
])('refreshes shortly before %s, not earlier', async (_, initial) => {
  const { chain, client, runtime } = createScriptedChain({ initial });
  runtime.set(HOUR_MS - 31_000);
  expect(await chain.token()).toBe(initial.accessToken);
  runtime.set(HOUR_MS - 30_000);
  expect(await chain.token()).toBe('access-2');
  runtime.set(HOUR_MS + 86_399_000);
  expect(await chain.token()).toBe('access-3');
  expect(client.sent.map(({ body }) => body)).toMatchObject([
    { value: { refresh_token: 'refresh-1' } },
    { value: { refresh_token: 'refresh-2' } },
  ]);
});

test('a token that tells no expiry is used until it is refused', async () => {
  const { chain, client, runtime } = createScriptedChain({
    initial: { accessToken: 'opaque', refreshToken: 'refresh-1' },
  });
  runtime.set(1000 * HOUR_MS);
  expect(await chain.token()).toBe('opaque');
  expect(client.sent).toEqual([]);
});

test('without an access token one is fetched', async () => {
  const { chain } = createScriptedChain({
    initial: { accessToken: '', refreshToken: 'refresh-1', expiresAtMs: LATER_MS },
  });
  expect(await chain.token()).toBe('access-2');
});

test('a new token that is refused at once ends the sync, one that is refused much later does not', async () => {
  const { chain, client, runtime } = createScriptedChain();
  await chain.renew('access-1');
  await expect(chain.renew('access-2')).rejects.toMatchObject({ failureType: 'config_error', reach: 'sync' });
  runtime.set(2 * HOUR_MS);
  expect(await chain.renew('access-2')).toBe(true);
  expect(client.sent).toHaveLength(2);
});

test('a refresh that fails for the moment is not taken for a token refused twice', async () => {
  const { chain } = createScriptedChain({ script: (_, count) => (count <= 5 ? answer(503) : nextTokens(1)) });
  await expect(chain.renew('access-1')).rejects.toMatchObject({ failureType: 'transient_error' });
  expect(await chain.renew('access-1')).toBe(true);
  expect(await chain.token()).toBe('access-2');
});

test('a broker that keeps the refresh token to itself leaves ours as it is', async () => {
  const script: Script = (_, count) =>
    answer(200, { access_token: `access-${String(count + 1)}`, expires_in: 60 });
  const { chain, client, events, runtime } = createScriptedChain({
    script,
    initial: expired,
    tokenUrl: 'https://broker.test/t',
  });
  await chain.token();
  expect(events).toContain('kept access-2 refresh-1');
  runtime.set(HOUR_MS);
  await chain.token();
  expect(client.sent.map(({ path }) => path)).toEqual(['https://broker.test/t', 'https://broker.test/t']);
  expect(client.sent[1]).toMatchObject({ body: { value: { refresh_token: 'refresh-1' } } });
});

test('tokens that could not be kept are not used', async () => {
  const { requester, runtime, log } = createScriptedRequester((_, count) => nextTokens(count));
  const chain = createOAuthChain({
    initial: expired,
    clientId: 'a',
    clientSecret: 'b',
    tokenUrl: '/oauth/token',
    requester,
    runtime,
    log,
    mayBeStale: false,
    onSecret: () => undefined,
    onRotated: () => Promise.reject(new Error('nobody reads')),
  });
  await expect(chain.token()).rejects.toThrow('nobody reads');
  await expect(chain.token()).rejects.toThrow('nobody reads');
});

test('failures that may pass are tried again within the grace of the refresh token', async () => {
  const { chain, client, runtime } = createScriptedChain({
    script: (_, count) => (count < 4 ? answer(503) : nextTokens(1)),
    initial: expired,
  });
  expect(await chain.token()).toBe('access-2');
  expect(client.sent).toHaveLength(4);
  expect(runtime.now()).toBeLessThan(30_000);
});

test.each([
  [answer(503), 'transient_error'],
  [answer(404, { message: 'Cannot POST /oauth/token' }), 'system_error'],
  [answer(302), 'config_error'],
  [answer(200, { hello: 'world' }), 'system_error'],
])('every failure of the chain concerns the whole sync', async (response, failureType) => {
  const { chain } = createScriptedChain({ script: [response], initial: expired });
  await expect(chain.token()).rejects.toMatchObject({ failureType, reach: 'sync' });
});

test('a rotation is logged by fingerprints, never by tokens', async () => {
  const { chain, log } = createScriptedChain({ initial: expired });
  await chain.token();
  expect(log.lines).toHaveLength(1);
  expect(log.lines[0]).toMatch(/^info: .*refresh token [0-9a-f]{8} became [0-9a-f]{8}/);
  expect(log.lines[0]).not.toMatch(/access-|refresh-/);
});

test('the identity is read from the token without asking', async () => {
  const accessToken = jwt({ authClass: 'Company', authClassId: 'C9', oauthMeta: { scopes: ['a'] } });
  const { chain, client } = createScriptedChain({
    initial: { accessToken, refreshToken: 'refresh-1', expiresAtMs: LATER_MS },
  });
  expect(await chain.identity()).toEqual({
    tokenClass: 'Company',
    companyId: 'C9',
    locationId: undefined,
    scopes: ['a'],
  });
  expect(client.sent).toEqual([]);
});

test('a token that does not tell its class is refreshed once to learn it', async () => {
  const script = [nextTokens(1, { userType: 'Location', locationId: 'L1', scope: 'a b' })];
  const { chain, client } = createScriptedChain({ script });
  const identity = { tokenClass: 'Location', companyId: 'C1', locationId: 'L1', scopes: ['a', 'b'] };
  expect(await chain.identity()).toEqual(identity);
  expect(await chain.identity()).toEqual(identity);
  expect(client.sent).toHaveLength(1);
});

test('a class that nobody tells is not guessed', async () => {
  const { chain } = createScriptedChain({
    script: [answer(200, { access_token: 'opaque', companyId: 'C1' })],
  });
  await expect(chain.identity()).rejects.toMatchObject({ failureType: 'config_error', reach: 'sync' });
});
