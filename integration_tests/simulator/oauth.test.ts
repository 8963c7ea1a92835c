import { expect, test } from '@jest/globals';
import type { JsonObject } from '../../src/foundation/json.ts';
import { isJsonObject } from '../../src/foundation/json.ts';
import type { SimulatorOptions } from './options.ts';
import { createSimulator, type Simulator } from './simulator.ts';
import { createTestClient, firstLocation } from './test-client.ts';
import { textOf } from './text-of.ts';

const open = (options: SimulatorOptions = {}) => {
  const clock = { now: Date.UTC(2025, 6, 1) };
  const simulator = createSimulator({
    locations: 3,
    contactsPerLocation: 3,
    now: () => clock.now,
    ...options,
  });
  return { ...simulator, clock, locationId: firstLocation(simulator) };
};

const credentialsOf = ({ connectorConfig }: Simulator, kind: 'oauth' | 'oauth_location' = 'oauth') => {
  const { credentials } = connectorConfig(kind);
  if (!isJsonObject(credentials)) throw new TypeError('No credentials.');
  return credentials;
};

const refresh = async (simulator: Simulator, refreshToken: string, fields: Record<string, string> = {}) => {
  const { clientId, clientSecret } = simulator.app;
  return createTestClient(simulator).form('/oauth/token', {
    client_id: clientId,
    client_secret: clientSecret,
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    ...fields,
  });
};

const mint = async (simulator: Simulator, locationId: string, accessToken?: string) =>
  createTestClient(simulator, accessToken ?? textOf(credentialsOf(simulator)['access_token'])).form(
    '/oauth/locationToken',
    { companyId: simulator.app.companyId, locationId },
  );

const claimsOf = (jwt: string): JsonObject => {
  const claims: unknown = JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString());
  return isJsonObject(claims) ? claims : {};
};

test('a refresh token is traded once; within 30 seconds the same trade gives the same next one, then it is dead', async () => {
  const simulator = open();
  const old = textOf(credentialsOf(simulator)['refresh_token']);
  const first = await refresh(simulator, old);
  simulator.clock.now += 29_999;
  const second = await refresh(simulator, old);
  expect(first).toMatchObject({
    status: 200,
    body: { token_type: 'Bearer', expires_in: 86_399, userType: 'Company' },
  });
  expect(first.body).not.toHaveProperty('locationId');
  expect(second.body['refresh_token']).toBe(first.body['refresh_token']);
  expect(second.body['access_token']).not.toBe(first.body['access_token']);
  simulator.clock.now += 1;
  expect(await refresh(simulator, old)).toMatchObject({
    status: 400,
    body: { error: 'invalid_grant', message: 'Invalid grant: refresh token is invalid' },
  });
  expect((await refresh(simulator, textOf(first.body['refresh_token']))).status).toBe(200);
});

test('an access token says who it is, lives 24 hours, and outlives the next refresh', async () => {
  const simulator = open();
  const { access_token: token, refresh_token: refreshToken } = credentialsOf(simulator);
  const client = createTestClient(simulator, textOf(token));
  expect(claimsOf(textOf(token))).toMatchObject({
    authClass: 'Company',
    authClassId: simulator.app.companyId,
    sourceId: simulator.app.clientId,
    exp: Math.floor(simulator.clock.now / 1000) + 86_399,
  });
  await refresh(simulator, textOf(refreshToken));
  simulator.clock.now += 86_398_000;
  expect((await client.get('/locations/search')).status).toBe(200);
  simulator.clock.now += 1_000;
  expect(await client.get('/locations/search')).toMatchObject({
    status: 401,
    body: { message: 'Invalid JWT' },
  });
});

test.each([
  [
    { client_secret: 'wrong' },
    401,
    { error: 'UnAuthorized!', error_description: 'Invalid client credentials!' },
  ],
  [{ refresh_token: 'unknown' }, 400, { error: 'invalid_grant' }],
  [{ refresh_token: '' }, 400, { message: 'Missing parameter: refresh_token' }],
  [{ client_id: '' }, 400, { message: 'Missing parameter: client_id' }],
  [{ grant_type: 'password' }, 400, { message: 'Invalid parameter: grant_type' }],
  [
    { grant_type: 'authorization_code', client_id: 'bogus' },
    401,
    { error_description: 'Authorization code not found' },
  ],
])('a token request with %j is refused', async (fields, status, body) => {
  const simulator = open();
  const reply = await refresh(simulator, textOf(credentialsOf(simulator)['refresh_token']), fields);
  expect(reply).toMatchObject({ status, body });
});

test('a JSON body has no parameters for the token endpoint', async () => {
  const simulator = open();
  const { clientId, clientSecret } = simulator.app;
  const reply = await createTestClient(simulator).post('/oauth/token', {
    client_id: clientId,
    client_secret: clientSecret,
    grant_type: 'refresh_token',
    refresh_token: textOf(credentialsOf(simulator)['refresh_token']),
  });
  expect(reply).toMatchObject({ status: 400, body: { message: 'Missing parameter: client_id' } });
});

test('a suspended location or agency refuses the trade without using up the refresh token', async () => {
  const simulator = open();
  const { admin, locationId, app } = simulator;
  for (const [kind, id] of [
    ['oauth_location', locationId],
    ['oauth', app.companyId],
  ] as const) {
    const token = textOf(credentialsOf(simulator, kind)['refresh_token']);
    admin.suspend(id);
    const refused = await refresh(simulator, token);
    admin.activate(id);
    expect(refused).toMatchObject({ status: 400, body: { message: 'Location is not active' } });
    expect((await refresh(simulator, token)).status).toBe(200);
  }
});

test('the agency mints tokens for its locations with 201, and each reads its own location alone', async () => {
  const simulator = open();
  const { world, locationId } = simulator;
  const minted = await mint(simulator, locationId);
  expect(minted).toMatchObject({
    status: 201,
    body: { locationId, userType: 'Location', expires_in: 86_400 },
  });
  expect(textOf(minted.body['scope'])).toContain('oauth.write');
  const client = createTestClient(simulator, textOf(minted.body['access_token']));
  const [, other = ''] = world.locationIds();
  expect((await client.get(`/locations/${locationId}`)).status).toBe(200);
  expect(await client.get(`/locations/${other}`)).toMatchObject({
    status: 403,
    body: { message: 'The token does not have access to this location.', error: 'Forbidden' },
  });
});

test('what is suspended, uninstalled, refused or foreign cannot be minted for', async () => {
  const simulator = open({
    locations: [{ access: 'suspended' }, { access: 'uninstalled' }, { access: 'refused' }],
  });
  const ids = [...simulator.world.locationIds(), 'foreign'];
  const replies = await Promise.all(ids.map((id) => mint(simulator, id)));
  expect(replies.map(({ status }) => status)).toEqual([400, 400, 403, 400]);
  expect(replies[0]?.body['message']).toBe('Location is not active');
});

test('uninstalling kills the tokens of a location; installing again needs a new one', async () => {
  const simulator = open();
  const { admin, locationId } = simulator;
  const token = textOf((await mint(simulator, locationId)).body['access_token']);
  const read = async (accessToken: string) =>
    (await createTestClient(simulator, accessToken).get(`/campaigns/?locationId=${locationId}`)).status;
  expect(await read(token)).toBe(200);
  admin.uninstall(locationId);
  expect(await read(token)).toBe(401);
  admin.install(locationId);
  expect(await read(token)).toBe(401);
  expect(await read(textOf((await mint(simulator, locationId)).body['access_token']))).toBe(200);
});

test('a broken chain stays broken until somebody signs in again', async () => {
  const simulator = open();
  const refreshed = async () =>
    (await refresh(simulator, textOf(credentialsOf(simulator)['refresh_token']))).status;
  simulator.admin.invalidateRefreshTokens();
  expect(await refreshed()).toBe(400);
  simulator.admin.signInAgain();
  expect(await refreshed()).toBe(200);
});
