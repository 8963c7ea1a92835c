import { describe, expect, test } from '@jest/globals';
import { textAt } from '../../src/foundation/json.ts';
import { connect, type Run } from '../support/connection.ts';
import { startHighLevel } from '../support/highlevel.ts';

const SELECTION = {
  sync_report: 'full_refresh',
  contacts: 'incremental',
  tags: 'full_refresh',
  locations: 'full_refresh',
} as const;
const HOUR_MS = 3_600_000;

const rowOf = (run: Run, streamName: string, locationId: string) =>
  run
    .records('sync_report')
    .find((row) => row['stream_name'] === streamName && row['location_id'] === locationId);

const statusesOf = (run: Run): readonly string[] =>
  run.records('sync_report').map((row) => textAt(row, 'status') ?? '');

describe('the report of a sync', () => {
  test('has a row for each stream and location, behind all others', async () => {
    const highLevel = await startHighLevel({ locations: 3, contactsPerLocation: 7 });
    const run = await connect(highLevel).read(SELECTION);
    expect([run.exitCode, run.end('sync_report')]).toEqual([0, 'COMPLETE']);
    const keys = run.records('sync_report').map((row) => [row['stream_name'], row['location_id']]);
    const ids = highLevel.simulator.world.locationIds();
    expect(keys.sort()).toEqual(
      ['contacts', 'locations', 'tags'].flatMap((name) => ids.map((id) => [name, id])).sort(),
    );
    expect(new Set(statusesOf(run))).toEqual(new Set(['complete']));
    const order = run.messages.flatMap((message) =>
      message.type === 'RECORD' ? [message.record.stream] : [],
    );
    expect(order.lastIndexOf('locations')).toBeLessThan(order.indexOf('sync_report'));
  });

  test('tells rows, requests, freshness and what is left of the quota', async () => {
    const highLevel = await startHighLevel({ locations: 2, contactsPerLocation: 7 });
    const [id = ''] = highLevel.simulator.world.locationIds();
    const connection = connect(highLevel);
    const first = await connection.read(SELECTION);
    const contacts = first.records('contacts').filter((row) => row['location_id'] === id);
    const asked = first.calls.filter(
      // The names of custom fields are read for the contacts too.
      ({ locationId, path }) => locationId === id && /^\/contacts\/|\/customFields$/.test(path),
    );
    const row = rowOf(first, 'contacts', id);
    expect(row).toMatchObject({
      ...{ sync_mode: 'incremental', rows: contacts.length, requests: asked.length, retries: 0 },
      newest_row_at: contacts.map((one) => textAt(one, 'date_updated') ?? '').sort()[contacts.length - 1],
      error: null,
    });
    expect(row?.['daily_quota_left']).toBeGreaterThan(0);
    const [startedAt, endedAt] = ['started_at', 'ended_at'].map((name) => textAt(row ?? {}, name) ?? '');
    expect([startedAt, endedAt]).toEqual([startedAt, endedAt].sort());
    expect(startedAt).not.toBe('');

    highLevel.passTime(6 * HOUR_MS);
    const second = await connection.read(SELECTION);
    const again = rowOf(second, 'contacts', id);
    expect(again).toMatchObject({ rows: 0, requests: 1, newest_row_at: null });
    // Nothing came, and the state still says how far it is.
    expect(again?.['cursor']).toEqual(rowOf(second, 'contacts', id)?.['cursor']);
    expect(JSON.stringify(second.states('contacts'))).toContain(JSON.stringify(again?.['cursor']));
    expect(again?.['sync_started_at']).not.toBe(row?.['sync_started_at']);
  });

  test('counts what was tried again, and how long that took', async () => {
    const highLevel = await startHighLevel({ locations: 1, contactsPerLocation: 7 });
    const [id = ''] = highLevel.simulator.world.locationIds();
    highLevel.simulator.faults.add({
      matches: ({ path }) => path.startsWith('/contacts/'),
      answer: { kind: 'html', status: 503 },
      nth: 1,
    });
    const run = await connect(highLevel).read(SELECTION);
    const row = rowOf(run, 'contacts', id);
    expect(row).toMatchObject({ status: 'complete', retries: 1 });
    expect(row?.['retry_wait_seconds']).toBeGreaterThan(0);
  });

  test('names what was skipped, and what failed and why', async () => {
    const highLevel = await startHighLevel({ locations: 5, contactsPerLocation: 3 });
    const [refused = '', suspended = '', open = ''] = highLevel.simulator.world.locationIds();
    highLevel.simulator.admin.refuse(refused);
    highLevel.simulator.admin.suspend(suspended);
    const run = await connect(highLevel).read(SELECTION);
    expect([run.exitCode, run.end('contacts'), run.end('sync_report')]).toEqual([
      1,
      'INCOMPLETE',
      'COMPLETE',
    ]);
    expect(rowOf(run, 'contacts', refused)).toMatchObject({
      ...{ status: 'failed', error_type: 'config_error', rows: 0 },
      error_code: 'agency_location_refused',
      error: expect.stringContaining('no access'),
    });
    expect(rowOf(run, 'contacts', suspended)).toMatchObject({
      status: 'skipped',
      error: expect.stringContaining('not active'),
    });
    expect(rowOf(run, 'contacts', open)).toMatchObject({ status: 'complete', error: null });
  });

  test('tells of streams that were not read because something ended the sync', async () => {
    const highLevel = await startHighLevel({ locations: 2, contactsPerLocation: 3 });
    const { admin } = highLevel.simulator;
    highLevel.rewriteAnswers((_, { pathname }) => {
      // The agency's access goes while the first stream is read, and the refresh token with it.
      if (!pathname.startsWith('/contacts/')) return undefined;
      admin.expireAccessTokens();
      admin.invalidateRefreshTokens();
      return undefined;
    });
    const run = await connect(highLevel).read(SELECTION);
    expect([run.exitCode, run.end('tags'), run.end('sync_report')]).toEqual([1, 'INCOMPLETE', 'COMPLETE']);
    for (const id of highLevel.simulator.world.locationIds()) {
      expect(rowOf(run, 'locations', id)).toMatchObject({
        ...{ status: 'not_read', rows: 0, requests: 0, started_at: null },
        error: expect.stringContaining('refresh token'),
      });
    }
  });

  test('says which locations the time was too short for', async () => {
    const highLevel = await startHighLevel({
      locations: 2,
      contactsPerLocation: 3,
      knobs: { latencyMs: 60 },
    });
    // A minute is the least that can be set: for this process it takes less than a millisecond.
    const hasty = 'const real=performance.now.bind(performance);performance.now=()=>real()*1e6';
    const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(hasty)}` };
    const connection = connect(highLevel, { settings: { max_sync_minutes: 1 } });
    const run = await connection.read(SELECTION, { env });
    expect(run.exitCode).toBe(0);
    expect(new Set(statusesOf(run))).toContain('cut_short');
  });

  test('is empty where nothing else is read', async () => {
    const highLevel = await startHighLevel({ locations: 1, contactsPerLocation: 3 });
    const run = await connect(highLevel).read({ sync_report: 'full_refresh' });
    expect([run.exitCode, run.end('sync_report'), run.records('sync_report')]).toEqual([0, 'COMPLETE', []]);
  });
});
