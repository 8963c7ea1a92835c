import { expect, test } from '@jest/globals';
import { isJsonObject, type JsonObject, textAt } from '../../src/foundation/json.ts';
import { configuredCatalog, connect } from '../support/connection.ts';
import { isRefresh, isSearch, startHighLevel } from '../support/highlevel.ts';
import { onlyLocation } from '../support/only-location.ts';
import { messagesOf } from '../support/messages-of.ts';
import { lossOf } from '../support/warehouse.ts';

const CONTACTS = { contacts: 'incremental' } as const;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** Runs before the connector, in its process. */
const preload = (script: string): Readonly<Record<string, string>> => ({
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(script)}`,
});

test('a machine whose clock is put forward between two streams loses no later change', async () => {
  const highLevel = await startHighLevel();
  const { world } = highLevel.simulator;
  const locationId = onlyLocation(highLevel);
  const connection = connect(highLevel);
  const env = preload(`
    let ahead = 0;
    const now = Date.now, write = process.stdout.write;
    Date.now = () => now() + ahead;
    process.stdout.write = function (chunk, ...rest) {
      if (String(chunk).includes('"COMPLETE"')) ahead = ${3 * HOUR_MS};
      return write.call(this, chunk, ...rest);
    };`);
  const selection = { contacts: 'incremental', opportunities: 'incremental' } as const;
  const runs = [await connection.read(selection, { env })];
  highLevel.passTime(5 * MINUTE_MS);
  world.addOpportunity(locationId);
  highLevel.passTime(5 * MINUTE_MS);
  runs.push(await connection.read(selection));
  highLevel.passTime(5 * HOUR_MS);
  runs.push(await connection.read(selection));
  const records = runs.flatMap((run) => run.records('opportunities'));
  expect(lossOf(highLevel, 'opportunities', records)).toEqual([]);
});

test('a run that is killed right after it told of its new tokens leaves a config that works', async () => {
  const highLevel = await startHighLevel({ locations: 2 });
  const connection = connect(highLevel);
  highLevel.simulator.admin.expireAccessTokens();
  const killed = await connection.read(CONTACTS, {
    cut: true,
    onLine: (line, _, control) => {
      if (line.startsWith('{"type":"CONTROL"')) control.kill('SIGKILL');
    },
  });
  expect(messagesOf(killed.messages, 'CONTROL')).toHaveLength(1);
  highLevel.passTime(5 * MINUTE_MS);
  const next = await connection.read(CONTACTS);
  expect([next.exitCode, next.calls.filter(isRefresh)]).toEqual([0, []]);
});

test('new tokens change nothing else in the config', async () => {
  const highLevel = await startHighLevel();
  const connection = connect(highLevel, {
    settings: { start_date: '2020-01-01T00:00:00Z', not_ours: { a: [1] } },
  });
  const tokenless = ({ credentials, ...settings }: JsonObject): JsonObject => {
    const {
      access_token: _access,
      refresh_token: _refresh,
      token_expiry_date: _expiry,
      ...others
    } = isJsonObject(credentials) ? credentials : {};
    return { ...settings, credentials: others };
  };
  const before = connection.config();
  highLevel.simulator.admin.expireAccessTokens();
  await connection.read(CONTACTS);
  expect(connection.config()).not.toEqual(before);
  expect(tokenless(connection.config())).toEqual(tokenless(before));
});

test.each(['oauth', 'private'] as const)(
  'tokens that HighLevel quotes are not printed (%s)',
  async (kind) => {
    const highLevel = await startHighLevel();
    const connection = connect(highLevel, { kind });
    let quoted = '';
    highLevel.simulator.beforeAnswer((call) => {
      if (isSearch('contacts')(call)) quoted = call.headers['authorization'] ?? '';
    });
    highLevel.simulator.faults.add({
      matches: isSearch('contacts'),
      answer: {
        kind: 'response',
        response: () =>
          Response.json({ statusCode: 404, message: `No access with ${quoted}` }, { status: 404 }),
      },
    });
    // Whether a secret was printed is judged by the connection.
    const run = await connection.read(CONTACTS, { moreArguments: ['--debug'] });
    expect([run.exitCode, run.end('contacts')]).toEqual([1, 'INCOMPLETE']);
    expect(quoted).not.toBe('');
  },
);

test.each(['oauth', 'oauth_location', 'private'] as const)(
  'a log in detail holds no secret (%s)',
  async (kind) => {
    const highLevel = await startHighLevel();
    const connection = connect(highLevel, { kind });
    highLevel.simulator.admin.expireAccessTokens();
    highLevel.simulator.faults.add({ matches: isSearch('contacts'), nth: 1, answer: { kind: 'reset' } });
    const run = await connection.read(
      { ...CONTACTS, locations: 'full_refresh' },
      { env: { LOG_LEVEL: 'debug' } },
    );
    expect(run.exitCode).toBe(0);
    expect(messagesOf(run.messages, 'LOG').filter(({ log }) => log.level === 'DEBUG')).not.toEqual([]);
  },
);

test('only the columns that were selected are written, and the key', async () => {
  const highLevel = await startHighLevel();
  const catalog = await configuredCatalog(CONTACTS);
  const narrowed = JSON.parse(JSON.stringify(catalog), (key, value: unknown) =>
    key === 'properties' && isJsonObject(value) && 'date_added' in value ? { email: value['email'] } : value,
  ) as JsonObject;
  const connection = connect(highLevel);
  const run = await connection.read(CONTACTS, { inputs: { catalog: { json: narrowed } } });
  expect(run.exitCode).toBe(0);
  for (const record of run.records('contacts'))
    expect(Object.keys(record).sort()).toEqual(['email', 'id', 'location_id']);
  highLevel.passTime(3 * HOUR_MS);
  const again = await connection.read(CONTACTS, { inputs: { catalog: { json: narrowed } } });
  expect(again.records('contacts')).toEqual([]);
  expect(textAt(run.records('contacts')[0] ?? {}, 'id')).toBeDefined();
});
