import { expect, test } from '@jest/globals';
import { connect, type Run } from '../support/connection.ts';
import { startHighLevel } from '../support/highlevel.ts';
import { messagesOf } from '../support/messages-of.ts';
import { lossOf } from '../support/warehouse.ts';

// That each stream's messages come in a legal order is looked at in every run.

const STREAMS = ['contacts', 'opportunities', 'tags', 'users', 'calendars', 'forms', 'sync_report'];
const selection = Object.fromEntries(STREAMS.map((name) => [name, 'incremental'] as const));

/** The streams' beginnings and ends, as `STARTED contacts`. */
const milestonesOf = (run: Run): readonly string[] =>
  messagesOf(run.messages, 'TRACE').flatMap(({ trace }) =>
    trace.type === 'STREAM_STATUS' && trace.stream_status.status !== 'RUNNING'
      ? [`${trace.stream_status.status} ${trace.stream_status.stream_descriptor.name}`]
      : [],
  );
const startedBefore = (run: Run, end: string): readonly string[] => {
  const milestones = milestonesOf(run);
  return milestones.slice(0, milestones.indexOf(end)).filter((one) => one.startsWith('STARTED'));
};

test('streams of one location overlap, and what tells of them comes when all have ended', async () => {
  const world = { locations: 1, contactsPerLocation: 1200, opportunitiesPerLocation: 150 };
  const highLevel = await startHighLevel({ ...world, knobs: { latencyMs: 30 } });
  const run = await connect(highLevel).read(selection);
  expect(run.exitCode).toBe(0);
  expect(lossOf(highLevel, 'contacts', run.records('contacts'))).toEqual([]);
  expect(lossOf(highLevel, 'opportunities', run.records('opportunities'))).toEqual([]);
  expect(startedBefore(run, 'COMPLETE contacts').length).toBeGreaterThan(3);
  expect(milestonesOf(run).slice(-2)).toEqual(['STARTED sync_report', 'COMPLETE sync_report']);
  expect(milestonesOf(run).filter((one) => one.startsWith('STARTED'))).toEqual(
    STREAMS.map((name) => `STARTED ${name}`),
  );
});

test('one request at a time means one stream after the other', async () => {
  const highLevel = await startHighLevel({ locations: 2, contactsPerLocation: 5 });
  const run = await connect(highLevel, { settings: { max_concurrency: 1 } }).read(selection);
  expect(milestonesOf(run)).toEqual(STREAMS.flatMap((name) => [`STARTED ${name}`, `COMPLETE ${name}`]));
});

test('what ends the sync ends the streams that are being read with what they have, and is told once', async () => {
  const rows = { locations: 3, contactsPerLocation: 1600, opportunitiesPerLocation: 400 };
  const highLevel = await startHighLevel({ ...rows, knobs: { latencyMs: 30 } });
  const connection = connect(highLevel, { settings: { max_concurrency: 6 } });
  const { admin } = highLevel.simulator;
  let answers = 0;
  const stop = highLevel.simulator.beforeAnswer(({ path }) => {
    if (path !== '/contacts/search' || (answers += 1) !== 4) return;
    admin.revokeAccessTokens();
    admin.invalidateRefreshTokens();
  });
  const run = await connection.read(selection);
  stop();
  expect(run.exitCode).toBe(1);
  const ends = STREAMS.map((name) => run.end(name));
  expect(ends).toEqual([...STREAMS.slice(1).map(() => 'INCOMPLETE'), 'COMPLETE']);
  expect(run.errors).toHaveLength(1);
  expect(run.records('contacts').length).toBeGreaterThan(0);
  const reported = new Set(run.records('sync_report').map(({ status }) => status));
  expect([...reported]).toContain('not_read');
});

test('tokens are minted ahead, and each location’s once', async () => {
  const highLevel = await startHighLevel({
    locations: 9,
    contactsPerLocation: 3,
    opportunitiesPerLocation: 1,
  });
  const run = await connect(highLevel, { settings: { max_concurrency: 2 } }).read(selection);
  expect(run.exitCode).toBe(0);
  const paths = run.calls.map(({ path }) => path);
  const isMint = (path: string): boolean => path === '/oauth/locationToken';
  expect(paths.filter(isMint)).toHaveLength(9);
  const firstAnswers = paths.slice(0, paths.indexOf('/contacts/search') + 1);
  expect(firstAnswers.filter(isMint).length).toBeGreaterThan(1);
});
