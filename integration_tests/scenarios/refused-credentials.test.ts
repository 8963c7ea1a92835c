import { describe, expect, test } from '@jest/globals';
import { isJsonObject, type JsonObject } from '../../src/foundation/json.ts';
import { checkResult, connect, type Connection } from '../support/connection.ts';
import { type HighLevel, startHighLevel } from '../support/highlevel.ts';
import { streamsOf } from '../support/messages-of.ts';
import { lossOf } from '../support/warehouse.ts';

const CONTACTS = { contacts: 'incremental' } as const;
const MASK = '**********';

const change = (connection: Connection, changes: JsonObject): void => {
  const { credentials } = connection.config();
  connection.configure({ credentials: { ...(isJsonObject(credentials) ? credentials : {}), ...changes } });
};

interface Case {
  readonly kind?: 'oauth' | 'oauth_location' | 'private';
  readonly spoil: (highLevel: HighLevel, connection: Connection) => void;
  readonly message: RegExp;
}

const firstOf = ({ simulator }: HighLevel): string => simulator.world.locationIds()[0] ?? '';

const CASES: Readonly<Record<string, Case>> = {
  'a wrong client secret': {
    spoil: ({ simulator }, connection) => {
      simulator.admin.expireAccessTokens();
      change(connection, { client_secret: 'not-the-secret-at-all' });
    },
    message: /client_id and client_secret/,
  },
  'a client id that is not the app’s': {
    spoil: ({ simulator }, connection) => {
      simulator.admin.expireAccessTokens();
      change(connection, { client_id: 'aaaaaaaaaaaaaaaaaaaaaaaa-bbbb' });
    },
    message: /client ID/,
  },
  'a refresh token that was used up': {
    spoil: ({ simulator }) => {
      simulator.admin.expireAccessTokens();
      simulator.admin.invalidateRefreshTokens();
    },
    message: /refresh token.*sign in again/s,
  },
  'an agency that is suspended': {
    spoil: ({ simulator }) => {
      simulator.admin.expireAccessTokens();
      simulator.admin.suspend(simulator.app.companyId);
    },
    message: /not active/,
  },
  'a masked client secret': {
    spoil: (_, connection) => {
      change(connection, { client_secret: MASK });
    },
    message: /client_secret.*Enter it again/,
  },
  'masked tokens': {
    kind: 'private',
    spoil: (_, connection) => {
      change(connection, { location_tokens: MASK });
    },
    message: /location_tokens.*Enter it again/,
  },
  'a masked token in a line': {
    kind: 'private',
    spoil: (highLevel, connection) => {
      change(connection, { location_tokens: `${firstOf(highLevel)} ${MASK}` });
    },
    message: /location_tokens.*line 1/,
  },
  'a line without a token': {
    kind: 'private',
    spoil: (highLevel, connection) => {
      change(connection, { location_tokens: firstOf(highLevel) });
    },
    message: /location_tokens.*line 1/,
  },
  "the agency's token in place of a location's": {
    kind: 'private',
    spoil: (highLevel, connection) => {
      change(connection, { location_tokens: `${firstOf(highLevel)} ${highLevel.simulator.agencyToken}` });
    },
    message: /agency/,
  },
  'a revoked private token': {
    kind: 'private',
    spoil: ({ simulator }) => {
      simulator.admin.revokeAccessTokens(({ tokenClass }) => tokenClass === 'pit-location');
    },
    message: /token/,
  },
  'a location without the app': {
    spoil: (highLevel, connection) => {
      highLevel.simulator.admin.uninstall(firstOf(highLevel));
      connection.configure({ location_ids: [firstOf(highLevel)] });
    },
    message: /install/i,
  },
  'a suspended location': {
    spoil: (highLevel, connection) => {
      highLevel.simulator.admin.suspend(firstOf(highLevel));
      connection.configure({ location_ids: [firstOf(highLevel)] });
    },
    message: /not active/,
  },
  'a location that does not exist': {
    spoil: (_, connection) => {
      connection.configure({ location_ids: ['noSuchLocation0000aa'] });
    },
    message: /noSuchLocation0000aa/,
  },
  'a location of another sign-in': {
    kind: 'oauth_location',
    spoil: ({ simulator }, connection) => {
      connection.configure({ location_ids: [simulator.world.locationIds()[1] ?? ''] });
    },
    message: /location_ids/,
  },
  'an app that is installed nowhere': {
    spoil: ({ simulator }) => {
      for (const id of simulator.world.locationIds()) simulator.admin.uninstall(id);
    },
    message: /no location.*[Ii]nstall/s,
  },
  'every location excluded': {
    spoil: ({ simulator }, connection) => {
      connection.configure({ exclude_location_ids: [...simulator.world.locationIds()] });
    },
    message: /exclude_location_ids/,
  },
  'an app that may not list its locations': {
    spoil: ({ simulator }) => {
      simulator.admin.removeScope('oauth.readonly');
    },
    message: /oauth\.readonly/,
  },
  'an app that may not open its locations': {
    spoil: ({ simulator }) => {
      simulator.admin.removeScope('oauth.write');
    },
    message: /oauth\.write/,
  },
};

test.each(Object.entries(CASES))(
  '%s fails the check and the read with what to do about it',
  async (_, { kind = 'oauth', spoil, message }) => {
    const highLevel = await startHighLevel({ locations: 2 });
    const connection = connect(highLevel, { kind });
    spoil(highLevel, connection);
    const [check, run] = await Promise.all([connection.check(), connection.read(CONTACTS)]);
    expect(check.exitCode).toBe(0);
    expect(checkResult(check)).toEqual({ status: 'FAILED', message: expect.stringMatching(message) });
    expect(check.errors).toEqual([]);

    expect(run.exitCode).toBe(1);
    expect(run.errors.map((error) => error.message).join('\n')).toMatch(message);
    expect(run.errors.map((error) => error.failure_type)).toEqual(run.errors.map(() => 'config_error'));
    expect(run.errors.map((error) => error.stack_trace)).toEqual(run.errors.map(() => undefined));
    expect(run.records('contacts')).toEqual([]);
  },
);

describe('a scope that is missing', () => {
  test('fails its streams alone, and is named', async () => {
    const highLevel = await startHighLevel({ locations: 2 });
    highLevel.simulator.admin.removeScope('opportunities.readonly');
    const run = await connect(highLevel).read({
      opportunities: 'incremental',
      contacts: 'incremental',
      pipelines: 'full_refresh',
      campaigns: 'full_refresh',
      locations: 'full_refresh',
    });
    expect(run.exitCode).toBe(1);
    expect(run.errors.map((error) => error.stream_descriptor?.name).sort()).toEqual([
      'opportunities',
      'pipelines',
    ]);
    for (const error of run.errors) {
      expect(error).toMatchObject({
        failure_type: 'config_error',
        message: expect.stringContaining('opportunities.readonly'),
      });
    }
    for (const stream of ['contacts', 'campaigns', 'locations']) expect(run.end(stream)).toBe('COMPLETE');
    expect(lossOf(highLevel, 'contacts', run.records('contacts'))).toEqual([]);
    expect(run.records('locations').map((row) => row['access_status'])).toEqual(['ok', 'ok']);
  });

  test('leaves its streams out of the catalog', async () => {
    const highLevel = await startHighLevel({
      scopes: ['contacts.readonly', 'campaigns.readonly', 'oauth.readonly', 'oauth.write'],
    });
    const connection = connect(highLevel);
    const run = await connection.discover();
    expect(run.exitCode).toBe(0);
    expect(streamsOf(run.messages).map(({ name }) => name)).toEqual([
      'locations',
      'contacts',
      'campaigns',
      'contact_ids',
      'sync_report',
    ]);
    expect(run.calls).toEqual([]);
    expect(checkResult(await connection.check()).status).toBe('SUCCEEDED');
    const read = await connection.read({ contacts: 'incremental', locations: 'full_refresh' });
    expect([read.exitCode, read.records('locations').length]).toEqual([0, 1]);
  });

  test('in every stream fails the check', async () => {
    const highLevel = await startHighLevel({ scopes: ['oauth.readonly', 'oauth.write'] });
    const { status, message } = checkResult(await connect(highLevel).check());
    expect([status, message]).toEqual(['FAILED', expect.stringContaining('contacts.readonly')]);
  });
});

test.each([
  [
    'a page of a proxy',
    () =>
      Promise.resolve(
        new Response('<html>Sign in to the proxy</html>', { headers: { 'content-type': 'text/html' } }),
      ),
  ],
  ['another service', () => Promise.resolve(Response.json({ hello: 'world' }))],
  [
    'a redirect',
    () => Promise.resolve(new Response(null, { status: 302, headers: { location: 'https://example.com/' } })),
  ],
])('an address where %s answers fails with a clear message', async (_, answer) => {
  const highLevel = await startHighLevel();
  highLevel.answerAt('/oauth/installedLocations', answer);
  const run = await connect(highLevel).read(CONTACTS);
  expect(run.exitCode).toBe(1);
  expect(run.errors).toHaveLength(1);
  expect(run.errors[0]?.message.length).toBeGreaterThan(20);
});

test('an address where nobody answers fails the check in time', async () => {
  const highLevel = await startHighLevel();
  const connection = connect(highLevel);
  await highLevel.served.close();
  const check = await connection.check();
  expect([check.exitCode, checkResult(check).status]).toEqual([0, 'FAILED']);
});
