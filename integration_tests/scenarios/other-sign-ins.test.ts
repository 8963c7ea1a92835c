import { expect, test } from '@jest/globals';
import { isJsonObject, type JsonObject, textAt } from '../../src/foundation/json.ts';
import { checkResult, connect } from '../support/connection.ts';
import { isMint, isRefresh, startHighLevel } from '../support/highlevel.ts';
import { lossOf } from '../support/warehouse.ts';

const CONTACTS = { contacts: 'incremental' } as const;
const MINUTE_MS = 60_000;

const credentialsOf = (config: JsonObject): JsonObject => {
  const { credentials } = config;
  return isJsonObject(credentials) ? credentials : {};
};

test('a broker that keeps the refresh token may answer without one', async () => {
  const highLevel = await startHighLevel({ locations: 2 });
  const { simulator } = highLevel;
  const connection = connect(highLevel);
  const real = credentialsOf(connection.config());
  const tokenUrl = `${highLevel.served.url}/broker/token`;
  connection.configure({
    credentials: { ...real, refresh_token: 'kept-by-the-broker', token_url: tokenUrl },
  });
  highLevel.answerAt('/broker/token', async (request) => {
    const form = new URLSearchParams(await request.text());
    expect(form.get('refresh_token')).toBe('kept-by-the-broker');
    form.set('refresh_token', textAt(real, 'refresh_token') ?? '');
    const answer = await simulator.handle(
      new Request(`${highLevel.served.url}/oauth/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'user-agent': 'broker/1' },
        body: form.toString(),
      }),
    );
    const body = (await answer.json()) as JsonObject;
    const { access_token: token, expires_in: seconds } = body;
    return Response.json({ access_token: token, expires_in: seconds });
  });
  simulator.admin.expireAccessTokens();
  const run = await connection.read(CONTACTS);
  expect(run.exitCode).toBe(0);
  expect(credentialsOf(connection.config())).toMatchObject({ refresh_token: 'kept-by-the-broker' });
  expect(credentialsOf(connection.config())['access_token']).not.toBe(real['access_token']);
  const next = await connection.read(CONTACTS);
  expect([next.exitCode, next.calls.filter(isRefresh).length]).toEqual([0, 0]);
});

test('a sign-in to one location reads that one, and renews itself', async () => {
  const highLevel = await startHighLevel({ locations: 3 });
  const [own = ''] = highLevel.simulator.world.locationIds();
  const connection = connect(highLevel, { kind: 'oauth_location' });
  highLevel.simulator.admin.expireAccessTokens();
  const run = await connection.read({
    contacts: 'incremental',
    opportunities: 'incremental',
    locations: 'full_refresh',
    pipelines: 'full_refresh',
    custom_fields: 'full_refresh',
  });
  expect(run.exitCode).toBe(0);
  expect(lossOf(highLevel, 'contacts', run.records('contacts'), [own])).toEqual([]);
  expect(run.records('locations').map((row) => row['location_id'])).toEqual([own]);
  expect(run.calls.filter(isMint)).toEqual([]);
  highLevel.passTime(5 * MINUTE_MS);
  expect(checkResult(await connection.check()).status).toBe('SUCCEEDED');
});

test.each([-10, 10])('a server clock %i minutes off loses nothing and renews nothing', async (minutes) => {
  const highLevel = await startHighLevel({ locations: 2, clockOffsetMs: minutes * MINUTE_MS });
  const connection = connect(highLevel, { settings: { lookback_window_minutes: 1 } });
  const runs = [await connection.read(CONTACTS)];
  for (let sync = 0; sync < 2; sync += 1) {
    highLevel.passTime(4 * MINUTE_MS);
    for (const id of highLevel.simulator.world.locationIds()) highLevel.simulator.world.addContacts(id, 3);
    highLevel.passTime(MINUTE_MS);
    runs.push(await connection.read(CONTACTS));
  }
  expect(
    lossOf(
      highLevel,
      'contacts',
      runs.flatMap((run) => run.records('contacts')),
    ),
  ).toEqual([]);
  expect(runs.flatMap((run) => run.calls.filter(isRefresh))).toEqual([]);
  highLevel.simulator.admin.expireAccessTokens();
  const late = await connection.read(CONTACTS);
  expect([late.exitCode, late.calls.filter(isRefresh).length]).toEqual([0, 1]);
});
