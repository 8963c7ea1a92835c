import { expect, test } from '@jest/globals';
import { isJsonObject } from '../../src/foundation/json.ts';
import type { SimulatorOptions } from './options.ts';
import { createSimulator } from './simulator.ts';
import { createTestClient, firstLocation, rowsIn } from './test-client.ts';
import { textOf } from './text-of.ts';

const open = (options: SimulatorOptions = {}) => {
  const simulator = createSimulator({ locations: 2, contactsPerLocation: 2, ...options });
  const { connectorConfig } = simulator;
  const accessToken = (kind: 'oauth' | 'oauth_location'): string => {
    const { credentials } = connectorConfig(kind);
    return isJsonObject(credentials) ? textOf(credentials['access_token']) : '';
  };
  const locationId = firstLocation(simulator);
  const tokens = {
    company: accessToken('oauth'),
    location: accessToken('oauth_location'),
    agencyPrivate: simulator.agencyToken,
    locationPrivate: simulator.locationToken(locationId),
  };
  const client = (token?: string) => createTestClient(simulator, token);
  return { ...simulator, locationId, tokens, client };
};

const NOT_AUTHORIZED = 'The token is not authorized for this scope.';
const WRONG_CLASS =
  'This authClass type is not allowed to access this scope. Please verify your IAM configuration if this is not the case.';

test.each([
  [undefined, 401, 'version header was not found.'],
  ['2020-01-01', 401, 'version header is invalid'],
  ['bogus-version', 400, "Invalid API version segment 'bogus-version' at position 0"],
  ['v3', 200, undefined],
  ['2021-04-15', 200, undefined],
])('version %s is answered with %d', async (version, status, message) => {
  const { client, tokens, locationId } = open();
  const reply = await client(tokens.location).get(`/locations/${locationId}`, { version });
  expect([reply.status, reply.body['message']]).toEqual([status, message]);
});

test('the version is looked at before the token, the token before the scope, the scope before the location', async () => {
  const { client, tokens, admin } = open();
  admin.removeScope('campaigns.readonly');
  const path = '/campaigns/?locationId=elsewhere';
  const replies = [
    await client('nonsense').get(path, { version: undefined }),
    await client('nonsense').get(path),
    await client(tokens.location).get(path),
  ];
  admin.addScope('campaigns.readonly');
  replies.push(await client(tokens.location).get(path));
  expect(replies.map(({ status, body }) => [status, body['message']])).toEqual([
    [401, 'version header was not found.'],
    [401, 'Invalid JWT'],
    [401, NOT_AUTHORIZED],
    [403, 'The token does not have access to this location.'],
  ]);
});

test.each([
  ['company', '/locations/search', 200, undefined],
  ['agencyPrivate', '/locations/search', 200, undefined],
  ['location', '/locations/search', 401, "Token's user type mismatch!"],
  ['locationPrivate', '/locations/search', 401, "Token's user type mismatch!"],
  ['company', '/campaigns/?locationId=$', 401, WRONG_CLASS],
  ['agencyPrivate', '/campaigns/?locationId=$', 401, NOT_AUTHORIZED],
  ['locationPrivate', '/campaigns/?locationId=$', 200, undefined],
  ['location', '/opportunities/pipelines?locationId=$', 200, undefined],
  ['location', '/opportunities/pipelines', 403, 'The token does not have access to this location.'],
  ['agencyPrivate', '/locations/$', 200, undefined],
  ['company', '/locations/unknown', 403, 'The token does not have access to this location.'],
  ['location', '/oauth/installedLocations', 401, "This token's user type is not yet supported!"],
  ['agencyPrivate', '/oauth/installedLocations', 401, NOT_AUTHORIZED],
  ['locationPrivate', '/oauth/installedLocations', 401, NOT_AUTHORIZED],
] as const)('%s asking %s is answered with %d', async (kind, path, status, message) => {
  const { client, tokens, locationId } = open();
  const reply = await client(tokens[kind]).get(path.replace('$', locationId));
  expect([reply.status, reply.body['message']]).toEqual([status, message]);
});

test('an unknown private token, a revoked and an expired access token are told apart from none of each other', async () => {
  const { client, tokens, locationId, admin } = open();
  const read = async (token: string) => (await client(token).get(`/locations/${locationId}`)).body['message'];
  expect(await read('pit-00000000-0000-4000-a000-000000000000')).toBe('Invalid Private Integration token');
  admin.expireAccessTokens(({ tokenClass }) => tokenClass === 'Location');
  expect(await read(tokens.location)).toBe('Invalid JWT');
  admin.revokeAccessTokens();
  expect(await read(tokens.company)).toBe('Invalid JWT');
  expect(await read(tokens.locationPrivate)).toBeUndefined();
});

test('a token that is still valid reads nothing of a suspended or refused location', async () => {
  const { client, tokens, locationId, admin } = open();
  const read = async () => {
    const { status, body } = await client(tokens.locationPrivate).post('/contacts/search', {
      locationId,
      pageLimit: 1,
    });
    return [status, body['message']];
  };
  admin.suspend(locationId);
  expect(await read()).toEqual([400, 'Location is not active']);
  admin.refuse(locationId, { status: 403, message: 'Forbidden resource' });
  expect(await read()).toEqual([403, 'Forbidden resource']);
  admin.activate(locationId);
  expect(await read()).toEqual([200, undefined]);
});

test.each([undefined, '', 'axios/1.21.1', 'Python-urllib/3.12', 'node', 'undici'])(
  'the edge turns the user agent %j away with plain text',
  async (userAgent) => {
    const { client, tokens, knobs, locationId } = open();
    const ask = () => client(tokens.company).get(`/locations/${locationId}`, { 'user-agent': userAgent });
    expect(await ask()).toMatchObject({ status: 403, text: 'error code: 1010' });
    knobs.userAgentCheck = false;
    expect((await ask()).status).toBe(200);
  },
);

test('a route that does not exist is 404 with a date, whatever the headers', async () => {
  const { client } = open();
  const reply = await client().get('/', { version: undefined });
  expect(reply).toMatchObject({
    status: 404,
    body: { message: 'Cannot GET /', error: 'Not Found', statusCode: 404 },
  });
  expect(Date.parse(reply.headers['date'] ?? '')).not.toBeNaN();
});

test('custom fields hide those of opportunities unless all are asked for', async () => {
  const { client, tokens, locationId, world } = open();
  const ask = (query: string) => client(tokens.location).get(`/locations/${locationId}/customFields${query}`);
  const models = rowsIn(await ask(''), 'customFields').map((row) => row['model']);
  expect(new Set(models)).toEqual(new Set(['contact']));
  expect(rowsIn(await ask('?model=all'), 'customFields')).toEqual(world.customFields(locationId));
});

test('the older list of opportunities wants snake_case and refuses the rest', async () => {
  const { client, tokens, locationId } = open({ opportunitiesPerLocation: 3 });
  const ask = (query: string) => client(tokens.location).get(`/opportunities/search?${query}`);
  expect((await ask(`locationId=${locationId}`)).body['message']).toEqual([
    'property locationId should not exist',
  ]);
  expect((await ask(`location_id=${locationId}&skip=1`)).body['message']).toEqual([
    'property skip should not exist',
  ]);
  expect(rowsIn(await ask(`location_id=${locationId}&limit=2`), 'opportunities')).toHaveLength(2);
});
