import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { isJsonObject, type JsonObject, textAt } from '../../src/foundation/json.ts';
import type { Call } from '../simulator/call.ts';
import { checkResult, connect, type Connection, type Run } from '../support/connection.ts';
import { type HighLevel, isMint, isRefresh, isSearch, startHighLevel } from '../support/highlevel.ts';
import { messagesOf } from '../support/messages-of.ts';
import { lossOf, repeatsIn } from '../support/warehouse.ts';

const CONTACTS = { contacts: 'incremental' } as const;
const MINUTE_MS = 60_000;
const LONG_AGO = '2020-01-01T00:00:00Z';

const credentialsOf = (config: JsonObject): JsonObject => {
  const { credentials } = config;
  return isJsonObject(credentials) ? credentials : {};
};

const changeCredentials = (connection: Connection, changes: JsonObject): void => {
  connection.configure({ credentials: { ...credentialsOf(connection.config()), ...changes } });
};

const bearerOf = ({ headers }: Call): string => (headers['authorization'] ?? '').replace('Bearer ', '');

/**
 * Watches that a new token is not used before the platform has it: a request with a token that no CONTROL line has
 * brought yet waits for that line, and is remembered if it does not come.
 */
const watchRotations = (highLevel: HighLevel, connection: Connection) => {
  const kept = new Set([textAt(credentialsOf(connection.config()), 'access_token')]);
  const early: string[] = [];
  const stop = highLevel.simulator.beforeAnswer(async (call) => {
    const isCompany = call.path === '/oauth/installedLocations' || isMint(call);
    for (let waits = 0; isCompany && !kept.has(bearerOf(call)); waits += 1) {
      if (waits === 50) {
        early.push(`${call.method} ${call.path}`);
        return;
      }
      await delay(10);
    }
  });
  const onLine = (line: string): void => {
    if (!line.startsWith('{"type":"CONTROL"')) return;
    const message = JSON.parse(line) as { control: { connectorConfig: { config: JsonObject } } };
    kept.add(textAt(credentialsOf(message.control.connectorConfig.config), 'access_token'));
  };
  return { early, onLine, stop };
};

const expectRotatedOnce = ({ messages, calls }: Run): void => {
  const controls = messagesOf(messages, 'CONTROL');
  expect(controls).toHaveLength(1);
  expect(calls.filter(isRefresh)).toHaveLength(1);
  const [control] = controls;
  const token = textAt(credentialsOf(control?.control.connectorConfig.config ?? {}), 'access_token');
  const firstUse = calls.find((call) => bearerOf(call) === token);
  expect(firstUse?.at).toBeGreaterThanOrEqual(control?.control.emitted_at ?? Infinity);
};

describe('an agency token that has expired', () => {
  test.each([
    [
      'by its date in the config',
      (_: HighLevel, connection: Connection) => {
        changeCredentials(connection, { token_expiry_date: LONG_AGO });
      },
    ],
    [
      "by HighLevel's word",
      ({ simulator }: HighLevel) => {
        simulator.admin.expireAccessTokens();
      },
    ],
    [
      'and is missing its date and its words',
      ({ simulator }: HighLevel) => {
        simulator.knobs.expiredTokenMessage = 'Unauthorized';
        simulator.admin.revokeAccessTokens();
      },
    ],
  ])('%s is renewed once, and the config kept for the next run', async (_, expire) => {
    const highLevel = await startHighLevel({ locations: 3 });
    const connection = connect(highLevel, { settings: { max_concurrency: 3 } });
    const before = credentialsOf(connection.config());
    expire(highLevel, connection);
    const { early, onLine, stop } = watchRotations(highLevel, connection);
    const run = await connection.read(CONTACTS, { onLine });
    stop();
    expect(run.exitCode).toBe(0);
    expect(early).toEqual([]);
    expectRotatedOnce(run);
    expect(lossOf(highLevel, 'contacts', run.records('contacts'))).toEqual([]);
    const after = credentialsOf(connection.config());
    expect(after['refresh_token']).not.toBe(before['refresh_token']);
    expect(after).toMatchObject({
      auth_type: 'oauth2.0',
      client_id: before['client_id'],
      client_secret: before['client_secret'],
    });
    expect(connection.config()).toMatchObject({ max_concurrency: 3 });

    // Past the grace of the old refresh token.
    highLevel.passTime(5 * MINUTE_MS);
    const next = await connection.read(CONTACTS);
    expect([next.exitCode, next.calls.filter(isRefresh).length]).toEqual([0, 0]);
    highLevel.simulator.admin.expireAccessTokens();
    const later = await connection.read(CONTACTS);
    expect([later.exitCode, later.calls.filter(isRefresh).length]).toEqual([0, 1]);
  });

  test.each(['check', 'discover'] as const)(
    'is renewed in %s only if that needs it, and kept',
    async (command) => {
      const highLevel = await startHighLevel({ locations: 2 });
      const connection = connect(highLevel);
      highLevel.simulator.admin.expireAccessTokens();
      const { early, onLine, stop } = watchRotations(highLevel, connection);
      const run = await connection[command]({ onLine });
      stop();
      expect([run.exitCode, early]).toEqual([0, []]);
      expect(messagesOf(run.messages, 'CONTROL')).toHaveLength(run.calls.filter(isRefresh).length);
      highLevel.passTime(5 * MINUTE_MS);
      expect((await connection.read(CONTACTS)).exitCode).toBe(0);
    },
  );

  test('in the middle of a sync is renewed, and nothing is lost or repeated', async () => {
    const highLevel = await startHighLevel({ locations: 4 });
    const connection = connect(highLevel, { settings: { max_concurrency: 1 } });
    const remove = highLevel.simulator.beforeAnswer((call) => {
      if (!isSearch('contacts')(call)) return;
      remove();
      highLevel.simulator.admin.expireAccessTokens(({ tokenClass }) => tokenClass === 'Company');
    });
    const { early, onLine, stop } = watchRotations(highLevel, connection);
    const run = await connection.read(CONTACTS, { onLine });
    stop();
    expect([run.exitCode, early]).toEqual([0, []]);
    expectRotatedOnce(run);
    expect(lossOf(highLevel, 'contacts', run.records('contacts'))).toEqual([]);
    expect(repeatsIn(run.records('contacts'))).toEqual([]);
    highLevel.passTime(5 * MINUTE_MS);
    expect((await connection.read(CONTACTS)).exitCode).toBe(0);
  });
});

test.each([1, 5])(
  'a location token that is refused in the middle is minted again (%i at once)',
  async (lanes) => {
    const highLevel = await startHighLevel({
      locations: 2,
      contactsPerLocation: 20,
      knobs: { silentPageSize: 6 },
    });
    let searches = 0;
    const remove = highLevel.simulator.beforeAnswer((call) => {
      if (!isSearch('contacts')(call) || (searches += 1) < 3) return;
      remove();
      highLevel.simulator.admin.revokeAccessTokens(({ tokenClass }) => tokenClass === 'Location');
    });
    const run = await connect(highLevel, { settings: { max_concurrency: lanes } }).read(CONTACTS);
    expect(run.exitCode).toBe(0);
    expect(lossOf(highLevel, 'contacts', run.records('contacts'))).toEqual([]);
    expect(repeatsIn(run.records('contacts'))).toEqual([]);
    expect(run.calls.filter(isMint).length).toBeLessThanOrEqual(4);
    expect(run.calls.filter(isRefresh)).toEqual([]);
  },
);

test('a location token that is refused for good fails that location, and is not minted forever', async () => {
  const highLevel = await startHighLevel({ locations: 2 });
  const [bad = '', good = ''] = highLevel.simulator.world.locationIds();
  highLevel.simulator.faults.add({
    matches: isSearch('contacts', bad),
    answer: { kind: 'status', status: 401, message: 'Invalid JWT' },
  });
  const run = await connect(highLevel).read({ contacts: 'incremental', campaigns: 'full_refresh' });
  expect([run.exitCode, run.end('contacts')]).toEqual([1, 'INCOMPLETE']);
  expect(run.errors[0]?.message).toContain(bad);
  expect(lossOf(highLevel, 'contacts', run.records('contacts'), [good])).toEqual([]);
  expect(run.calls.filter((call) => isMint(call) && call.locationId === bad).length).toBeLessThanOrEqual(2);
});

describe('a run that is killed while HighLevel answers its refresh', () => {
  const killed = async () => {
    const highLevel = await startHighLevel({ locations: 2 });
    const connection = connect(highLevel);
    highLevel.simulator.admin.expireAccessTokens();
    let kill: () => void = () => undefined;
    const remove = highLevel.simulator.beforeAnswer((call) => {
      if (!isRefresh(call)) return;
      remove();
      kill();
    });
    const run = await connection.read(CONTACTS, {
      cut: true,
      onStart: (control) => {
        kill = () => {
          control.kill('SIGKILL');
        };
      },
    });
    expect([run.signal, messagesOf(run.messages, 'CONTROL')]).toEqual(['SIGKILL', []]);
    expect(run.calls.filter(isRefresh)).toHaveLength(1);
    return { highLevel, connection };
  };

  test('goes on when it is started again within the grace', async () => {
    const { highLevel, connection } = await killed();
    highLevel.passTime(20_000);
    const next = await connection.read(CONTACTS);
    expect(next.exitCode).toBe(0);
    expect(lossOf(highLevel, 'contacts', next.records('contacts'))).toEqual([]);
    highLevel.passTime(5 * MINUTE_MS);
    highLevel.simulator.admin.expireAccessTokens();
    expect((await connection.read(CONTACTS)).exitCode).toBe(0);
  });

  test('says how to reconnect when it is started again later', async () => {
    const { highLevel, connection } = await killed();
    highLevel.passTime(MINUTE_MS);
    const { errors } = await connection.read(CONTACTS);
    expect(errors).toMatchObject([
      {
        failure_type: 'config_error',
        message: expect.stringMatching(/In Airbyte: .*sign in again.*PyAirbyte: .*--token-file/),
      },
    ]);
  });
});

describe('a refresh token that is used up', () => {
  test.each([
    ['the first attempt of a job', { WORKER_JOB_ID: '1', WORKER_JOB_ATTEMPT: '0' }, 'transient_error'],
    ['a later attempt', { WORKER_JOB_ID: '1', WORKER_JOB_ATTEMPT: '1' }, 'config_error'],
    ['a run without a job', {}, 'config_error'],
  ])('fails %s', async (_, env: Record<string, string>, failureType) => {
    const highLevel = await startHighLevel();
    const connection = connect(highLevel);
    highLevel.simulator.admin.expireAccessTokens();
    highLevel.simulator.admin.invalidateRefreshTokens();
    const run = await connection.read({ contacts: 'incremental', locations: 'full_refresh' }, { env });
    expect(run.exitCode).toBe(1);
    expect(run.errors.map((error) => error.failure_type)).toEqual([failureType]);
    expect(run.errors[0]?.message).toMatch(/refresh token/);
    expect(run.calls.filter(isRefresh)).toHaveLength(1);
    expect(checkResult(await connection.check())).toMatchObject({
      status: 'FAILED',
      message: expect.stringMatching(/sign in again|the next attempt/),
    });
  });

  test('does no harm while the access token works', async () => {
    const highLevel = await startHighLevel({ locations: 2 });
    const connection = connect(highLevel);
    changeCredentials(connection, { token_expiry_date: LONG_AGO });
    highLevel.simulator.admin.invalidateRefreshTokens();
    const run = await connection.read(CONTACTS);
    expect(run.exitCode).toBe(0);
    expect(lossOf(highLevel, 'contacts', run.records('contacts'))).toEqual([]);
    expect(run.warnings.join(' ')).toContain('refresh token');
    expect(run.calls.filter(isRefresh)).toHaveLength(1);
  });
});
