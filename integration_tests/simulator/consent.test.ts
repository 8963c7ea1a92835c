import { expect, test } from '@jest/globals';
import type { SimulatorOptions } from './options.ts';
import { createSimulator, type Simulator } from './simulator.ts';
import { createTestClient } from './test-client.ts';
import { textOf } from './text-of.ts';

const REDIRECT_URI = 'http://localhost:8080/back?from=highlevel';

type Changes = Readonly<Record<string, string | undefined>>;

const open = ({ knobs, ...options }: SimulatorOptions = {}) => {
  const clock = { now: Date.UTC(2025, 6, 1) };
  const simulator = createSimulator({
    now: () => clock.now,
    knobs: { redirectUris: [REDIRECT_URI], ...knobs },
    ...options,
  });
  return { ...simulator, clock };
};

const consent = async (simulator: Simulator, changes: Changes = {}) => {
  const { clientId, appId } = simulator.app;
  const asked: Changes = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: REDIRECT_URI,
    scope: 'contacts.readonly oauth.write',
    state: 'abc',
    version_id: appId,
    ...changes,
  };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(asked)) if (value !== undefined) query.set(name, value);
  return createTestClient(simulator).get(`/v2/oauth/chooselocation?${query.toString()}`);
};

const backFrom = async (simulator: Simulator, changes: Changes = {}) => {
  const { headers } = await consent(simulator, changes);
  return new URL(headers['location'] ?? '').searchParams;
};

const exchange = async (simulator: Simulator, code: string | null, fields: Record<string, string> = {}) =>
  createTestClient(simulator).form('/oauth/token', {
    client_id: simulator.app.clientId,
    client_secret: simulator.app.clientSecret,
    grant_type: 'authorization_code',
    redirect_uri: REDIRECT_URI,
    code: code ?? '',
    ...fields,
  });

test('the consent ends at the redirect URI with a code and the state, and the code is worth the tokens asked for', async () => {
  const simulator = open();
  const back = await backFrom(simulator);
  expect(Object.fromEntries(back)).toEqual({
    from: 'highlevel',
    code: expect.stringMatching(/^[0-9a-f]{40}$/),
    state: 'abc',
  });
  const reply = await exchange(simulator, back.get('code'));
  expect(reply).toMatchObject({
    status: 200,
    body: { userType: 'Company', scope: 'contacts.readonly oauth.write' },
  });
  const refreshed = await createTestClient(simulator).form('/oauth/token', {
    client_id: simulator.app.clientId,
    client_secret: simulator.app.clientSecret,
    grant_type: 'refresh_token',
    refresh_token: textOf(reply.body['refresh_token']),
  });
  expect(refreshed).toMatchObject({ status: 200, body: { scope: 'contacts.readonly oauth.write' } });
});

test.each([
  [{ response_type: 'token' }, 'error.invalidresponsetype'],
  [{ client_id: 'bogus' }, 'error.invalidclient'],
  [{ version_id: undefined }, 'error.noversionid'],
  [{ version_id: 'other' }, 'error.invalidversionid'],
  [{ redirect_uri: 'http://localhost:8080/' }, 'error.invalidredirecturi'],
  [{ scope: ' ' }, 'error.noscope'],
  [{ scope: 'contacts.readonly contacts.write' }, 'error.invalidscope'],
])('the page refuses %j', async (changes, message) => {
  expect(await consent(open(), changes)).toMatchObject({ status: 400, body: { message } });
});

test.each([
  [{ code: 'unknown' }, 401, 'Authorization code not found'],
  [{ client_secret: 'wrong' }, 401, 'Invalid client credentials!'],
  [{ redirect_uri: 'http://localhost:8080/' }, 400, 'Invalid redirect_uri'],
])('an exchange with %j is refused', async (fields, status, description) => {
  const simulator = open();
  const code = (await backFrom(simulator)).get('code');
  expect(await exchange(simulator, code, fields)).toMatchObject({
    status,
    body: { error_description: description },
  });
});

test.each([
  ['was used', (_: ReturnType<typeof open>) => undefined],
  ['is a minute old', ({ clock }: ReturnType<typeof open>) => void (clock.now += 60_000)],
])('a code that %s is not found any more', async (_, age) => {
  const simulator = open();
  const code = (await backFrom(simulator)).get('code');
  age(simulator);
  const first = await exchange(simulator, code);
  const reply = first.status === 200 ? await exchange(simulator, code) : first;
  expect(reply).toMatchObject({ status: 401, body: { error_description: 'Authorization code not found' } });
});

test('a code that met a wrong secret is used up', async () => {
  const simulator = open();
  const code = (await backFrom(simulator)).get('code');
  await exchange(simulator, code, { client_secret: 'wrong' });
  expect((await exchange(simulator, code)).status).toBe(401);
});

test('user_type forces nothing: what the person chose is what comes', async () => {
  const simulator = open({ knobs: { redirectUris: [REDIRECT_URI], consent: 'location' } });
  const code = (await backFrom(simulator)).get('code');
  expect(await exchange(simulator, code, { user_type: 'Company' })).toMatchObject({
    status: 200,
    body: { userType: 'Location' },
  });
});

test('a consent that is denied brings an error back, and no code', async () => {
  const back = await backFrom(open({ knobs: { redirectUris: [REDIRECT_URI], consent: 'deny' } }));
  expect(back.get('error')).toBe('access_denied');
  expect(back.has('code')).toBe(false);
});

test('where scopes are dropped, the tokens lack what the app does not have', async () => {
  const simulator = open({
    scopes: ['contacts.readonly'],
    knobs: { redirectUris: [REDIRECT_URI], unknownScopes: 'drop', echoesState: false },
  });
  const back = await backFrom(simulator);
  expect(back.has('state')).toBe(false);
  expect((await exchange(simulator, back.get('code'))).body['scope']).toBe('contacts.readonly');
});
