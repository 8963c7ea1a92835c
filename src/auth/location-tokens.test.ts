import { expect, test } from '@jest/globals';
import type { JsonValue } from '../foundation/json.ts';
import type { Authenticator } from '../http/authenticator.ts';
import { answer, type Script } from '../http/doubles/scripted-client.ts';
import { createScriptedRequester } from '../http/doubles/scripted-requester.ts';
import { createLocationTokens } from './location-tokens.ts';

const HOUR_MS = 3_600_000;
const company: Authenticator = {
  token: () => Promise.resolve('company-token'),
  renew: () => Promise.resolve(false),
};

const minted = (count: number, more: Record<string, JsonValue> = {}) =>
  answer(201, { access_token: `location-token-${String(count)}`, expires_in: 86_400, ...more });

const setUp = (script: Script = (_, count) => minted(count)) => {
  const around = createScriptedRequester(script);
  const secrets: string[] = [];
  const access = createLocationTokens({
    company,
    companyId: 'C1',
    requester: around.requester,
    runtime: around.runtime,
    onSecret: (secret) => secrets.push(secret),
  });
  return { ...around, access, secrets };
};

test('a location gets a token in exchange for that of the agency', async () => {
  const { access, client, secrets } = setUp();
  expect(await access.authenticatorFor('L1').token()).toBe('location-token-1');
  expect(client.sent).toEqual([
    {
      method: 'POST',
      path: '/oauth/locationToken',
      onHead: expect.any(Function),
      headers: { version: '2021-07-28', authorization: 'Bearer company-token' },
      body: { kind: 'form', value: { companyId: 'C1', locationId: 'L1' } },
    },
  ]);
  expect(secrets).toEqual(['location-token-1']);
});

test('nothing is asked before a token is needed, and each location is asked for once', async () => {
  const { access, client } = setUp();
  access.authenticatorFor('L3');
  const tokens = await Promise.all(
    ['L1', 'L2', 'L1', 'L2', 'L1'].map((locationId) => access.authenticatorFor(locationId).token()),
  );
  expect(tokens).toEqual([
    'location-token-1',
    'location-token-2',
    'location-token-1',
    'location-token-2',
    'location-token-1',
  ]);
  expect(client.sent).toHaveLength(2);
});

test.each([
  [86_400, 86_400_000 - 300_000],
  [240, 120_000],
  [undefined, 86_400_000 - 300_000],
])('a token of %p s is fresh for %d ms', async (lifetime, freshMs) => {
  const { access, runtime } = setUp((_, count) =>
    minted(count, lifetime === undefined ? { expires_in: null } : { expires_in: lifetime }),
  );
  const { token } = access.authenticatorFor('L1');
  await token();
  runtime.set(freshMs - 1);
  expect(await token()).toBe('location-token-1');
  runtime.set(freshMs);
  expect(await token()).toBe('location-token-2');
});

test('fifty callers whose token was refused mint once', async () => {
  const { access, client } = setUp();
  const { token, renew } = access.authenticatorFor('L1');
  await token();
  const renewals = await Promise.all(Array.from({ length: 50 }, () => renew('location-token-1')));
  expect(new Set(renewals)).toEqual(new Set([true]));
  expect(await token()).toBe('location-token-2');
  expect(client.sent).toHaveLength(2);
});

test('a refused token is minted again once, however many callers meet it', async () => {
  const { access, client, runtime } = setUp();
  const { token, renew } = access.authenticatorFor('L1');
  await token();
  expect(await Promise.all([renew('location-token-1'), renew('location-token-1')])).toContain(true);
  expect(await renew('location-token-1')).toBe(true);
  expect(await token()).toBe('location-token-2');
  expect(await renew('location-token-2')).toBe(false);
  expect(client.sent).toHaveLength(2);
  runtime.set(2 * HOUR_MS);
  expect(await renew('location-token-2')).toBe(true);
});

test.each([
  [400, { message: 'Location is not active' }, 'inactive'],
  [400, { message: 'The app is not installed in this location' }, 'not_installed'],
  [404, {}, 'not_installed'],
  [403, { message: 'The token does not have access to this location.' }, 'refused'],
  [401, { message: 'This location is not accessible from this token!' }, 'refused'],
  [401, { message: 'Invalid JWT' }, 'refused'],
  [400, { message: 'Bad Request' }, 'refused'],
  [422, { message: ['locationId must be a string'] }, 'refused'],
])('%d %j at minting concerns this location alone (%#)', async (status, body, problem) => {
  const { access, client } = setUp([answer(status, body)]);
  const { token } = access.authenticatorFor('L1');
  const expected = {
    failureType: 'config_error',
    reach: 'partition',
    access: problem,
    status,
    // Whoever reads several locations names them.
    message: expect.not.stringContaining('L1'),
  };
  await expect(token()).rejects.toMatchObject(expected);
  await expect(token()).rejects.toMatchObject(expected);
  expect(client.sent).toHaveLength(1);
});

test.each([
  [401, "This token's user type is not yet supported!"],
  [401, 'The token is not authorized for this scope.'],
  [422, 'scope oauth.write is missing'],
])('%d "%s" at minting concerns the whole sync and names the scope', async (status, message) => {
  const { access } = setUp([answer(status, { message })]);
  await expect(access.authenticatorFor('L1').token()).rejects.toMatchObject({
    failureType: 'config_error',
    reach: 'sync',
    access: undefined,
    message: expect.stringContaining('oauth.write'),
  });
});

test('a wrong version concerns the whole sync', async () => {
  const { access } = setUp([answer(401, { message: 'version header is invalid' })]);
  await expect(access.authenticatorFor('L1').token()).rejects.toMatchObject({
    failureType: 'system_error',
    reach: 'sync',
  });
});

test('a failure that may pass is not remembered', async () => {
  const { access } = setUp((_, count) => (count <= 6 ? answer(503) : minted(count)));
  const { token } = access.authenticatorFor('L1');
  await expect(token()).rejects.toMatchObject({ failureType: 'transient_error', reach: 'partition' });
  expect(await token()).toBe('location-token-7');
});

test('a renewal that fails for the moment may be tried again', async () => {
  const { access } = setUp((_, count) => (count > 1 && count <= 7 ? answer(503) : minted(count)));
  const { token, renew } = access.authenticatorFor('L1');
  await token();
  await expect(renew('location-token-1')).rejects.toMatchObject({ failureType: 'transient_error' });
  expect(await renew('location-token-1')).toBe(true);
});

test('a success without a token is not understood', async () => {
  const { access } = setUp([answer(201, {})]);
  await expect(access.authenticatorFor('L1').token()).rejects.toMatchObject({ failureType: 'system_error' });
});

test('minting uses the quota of the agency', async () => {
  const { access, limiter, runtime } = setUp();
  for (let count = 0; count < 100; count += 1) await limiter.acquire('C1');
  const permit = limiter.acquire('L1');
  await expect(permit).resolves.toBeDefined();
  limiter.pauseUntil('C1', 5000);
  const waiting = access.authenticatorFor('L1').token();
  await new Promise((resolve) => setImmediate(resolve));
  expect(runtime.now()).toBe(5000);
  expect(await Promise.race([waiting, Promise.resolve('waits')])).toBe('waits');
});

test('a token that was minted ahead is used, and minted anew when it is stale by then', async () => {
  const { access, client, runtime } = setUp();
  await access.prepare('L1');
  const { token } = access.authenticatorFor('L1');
  expect([await token(), await token(), client.sent.length]).toEqual([
    'location-token-1',
    'location-token-1',
    1,
  ]);
  await access.prepare('L2');
  runtime.set(86_400_000);
  expect([await access.authenticatorFor('L2').token(), client.sent.length]).toEqual(['location-token-3', 3]);
});

test('who asks while a token is being minted ahead gets that one', async () => {
  const { access, client } = setUp();
  const prepared = access.prepare('L1');
  expect(await access.authenticatorFor('L1').token()).toBe('location-token-1');
  await prepared;
  await access.prepare('L1');
  expect(client.sent).toHaveLength(1);
});

test('what goes wrong when a token is minted ahead is told to its first user, and not asked for again', async () => {
  const { access, client } = setUp((_, count) => (count <= 6 ? answer(503, {}) : minted(count)));
  await access.prepare('L1');
  const asked = client.sent.length;
  const { token } = access.authenticatorFor('L1');
  await expect(token()).rejects.toMatchObject({ failureType: 'transient_error' });
  expect(client.sent).toHaveLength(asked);
  expect(await token()).toBe('location-token-7');
});
