import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { isJsonObject } from '../../src/foundation/json.ts';
import type { SimulatorOptions } from '../simulator/options.ts';
import { connect, type Run } from '../support/connection.ts';
import { isSearch, startHighLevel } from '../support/highlevel.ts';
import { cutsOf, resume, resumeAll, spread } from '../support/resume.ts';
import type { OnLine } from '../support/run-connector.ts';
import { lossOf, repeatsIn, type SearchStreamName } from '../support/warehouse.ts';

const HOUR_MS = 3_600_000;
const STREAMS = ['contacts', 'opportunities'] as const;
const WORLD: SimulatorOptions = {
  locations: 2,
  contactsPerLocation: 25,
  opportunitiesPerLocation: 25,
  shareNeverUpdated: 0.1,
  knobs: { silentPageSize: 6 },
};
const JOB = { WORKER_JOB_ID: '7', WORKER_JOB_ATTEMPT: '0' };
const RETRY = { WORKER_JOB_ID: '7', WORKER_JOB_ATTEMPT: '1' };

const killAtLine =
  (wanted: number, signal: NodeJS.Signals): OnLine =>
  (_, index, control) => {
    if (index === wanted) control.kill(signal);
  };

/** The records up to the last state: what a platform has committed. */
const committed = (run: Run, stream: SearchStreamName) => cutsOf(run, stream).at(-1)?.records ?? [];

describe.each(STREAMS)('an incremental sync of %s', (stream) => {
  test('resumes after any of its states, in the backfill', async () => {
    const highLevel = await startHighLevel(WORLD);
    const run = await connect(highLevel).read({ [stream]: 'incremental' });
    const cuts = cutsOf(run, stream);
    expect(cuts.length).toBeGreaterThan(3);
    const selection = { [stream]: 'incremental' } as const;
    for (const union of await resumeAll(highLevel, spread(cuts, 4), { selection, stream })) {
      expect(lossOf(highLevel, stream, union)).toEqual([]);
    }
  });

  test('resumes after any of its states, among changes of all kinds', async () => {
    const highLevel = await startHighLevel(WORLD);
    const { world } = highLevel.simulator;
    const connection = connect(highLevel);
    const first = await connection.read({ [stream]: 'incremental' });
    for (const locationId of world.locationIds()) {
      const add = stream === 'contacts' ? world.addContacts : world.addOpportunities;
      const [updated, added] =
        stream === 'contacts' ? ['dateUpdated', 'dateAdded'] : ['updatedAt', 'createdAt'];
      for (let hours = 0; hours < 24; hours += 3) {
        highLevel.passTime(3 * HOUR_MS);
        add(locationId, 1, {}, { updatedAt: 'none' });
        add(locationId, 1, { [updated]: '2022-02-02T02:02:02.002Z' });
        add(locationId, 3);
        add(locationId, 2, { [added]: '2023-03-03T03:03:03.003Z' });
      }
    }
    highLevel.passTime(HOUR_MS);
    const second = await connection.read({ [stream]: 'incremental' });
    const before = first.records(stream);
    expect(lossOf(highLevel, stream, [...before, ...second.records(stream)])).toEqual([]);
    const cuts = cutsOf(second, stream);
    expect(cuts.length).toBeGreaterThan(3);
    const selection = { [stream]: 'incremental' } as const;
    for (const union of await resumeAll(highLevel, spread(cuts, 5), { selection, stream })) {
      expect(lossOf(highLevel, stream, [...before, ...union])).toEqual([]);
    }
  });
});

test.each([12, 30, 55])('an incremental sync that is killed at line %i loses nothing', async (line) => {
  const highLevel = await startHighLevel({ ...WORLD, knobs: { silentPageSize: 6, latencyMs: 10 } });
  const connection = connect(highLevel);
  const killed = await connection.read(
    { contacts: 'incremental', opportunities: 'incremental' },
    { onLine: killAtLine(line, 'SIGKILL'), cut: true },
  );
  expect(killed.signal).toBe('SIGKILL');
  const rest = await connection.read({ contacts: 'incremental', opportunities: 'incremental' });
  for (const stream of STREAMS) {
    expect(lossOf(highLevel, stream, [...committed(killed, stream), ...rest.records(stream)])).toEqual([]);
  }
});

describe.each(STREAMS)('a full refresh of %s', (stream) => {
  const selection = { [stream]: 'full_refresh' } as const;

  test('that the same job retries gives every row exactly once, wherever it broke off', async () => {
    const highLevel = await startHighLevel(WORLD);
    const run = await connect(highLevel).read(selection, { env: JOB });
    const cuts = cutsOf(run, stream);
    expect(cuts.length).toBeGreaterThan(2);
    const options = { env: RETRY };
    for (const union of await resumeAll(highLevel, spread(cuts, 4), { selection, stream, options })) {
      expect(lossOf(highLevel, stream, union)).toEqual([]);
      expect(repeatsIn(union)).toEqual([]);
    }
  });

  test('without a job, or of another one, starts over', async () => {
    const highLevel = await startHighLevel(WORLD);
    const [cut] = cutsOf(await connect(highLevel).read(selection, { env: JOB }), stream);
    const states = cut?.states ?? new Map();
    for (const env of [{}, { WORKER_JOB_ID: '8', WORKER_JOB_ATTEMPT: '0' }]) {
      const whole = await resume(highLevel, { selection, states, options: { env } });
      expect(lossOf(highLevel, stream, whole.records(stream))).toEqual([]);
      expect(repeatsIn(whole.records(stream))).toEqual([]);
    }
  });
});

test('a full refresh that is killed and retried gives every row exactly once', async () => {
  const highLevel = await startHighLevel({ ...WORLD, knobs: { silentPageSize: 6, latencyMs: 10 } });
  const connection = connect(highLevel);
  const killed = await connection.read(
    { contacts: 'full_refresh' },
    { onLine: killAtLine(28, 'SIGKILL'), cut: true, env: JOB },
  );
  const rest = await connection.read({ contacts: 'full_refresh' }, { env: RETRY });
  const union = [...committed(killed, 'contacts'), ...rest.records('contacts')];
  expect(lossOf(highLevel, 'contacts', union)).toEqual([]);
  expect(repeatsIn(union)).toEqual([]);
  expect(rest.records('contacts').length).toBeLessThan(50);
});

test('a state of an incremental sync is of no use to a full refresh, and the other way round', async () => {
  const highLevel = await startHighLevel(WORLD);
  const connection = connect(highLevel);
  await connection.read({ contacts: 'incremental' });
  const full = await connection.read({ contacts: 'full_refresh' }, { env: JOB });
  expect(lossOf(highLevel, 'contacts', full.records('contacts'))).toEqual([]);
  const incremental = await connection.read({ contacts: 'incremental' });
  expect(lossOf(highLevel, 'contacts', incremental.records('contacts'))).toEqual([]);
});

test.each(['incremental', 'full_refresh'] as const)(
  'SIGTERM ends a read (%s) with whole lines and a state that stands for its records',
  async (mode) => {
    const highLevel = await startHighLevel({ ...WORLD, knobs: { silentPageSize: 6, latencyMs: 30 } });
    const connection = connect(highLevel);
    const stopped = await connection.read(
      { contacts: mode },
      { onLine: killAtLine(25, 'SIGTERM'), cut: true, env: JOB },
    );
    expect(stopped.signal).toBe('SIGTERM');
    expect(stopped.rest).toBe('');
    expect(stopped.records('contacts').length).toBeLessThan(50);
    // Nothing that was written is left uncovered.
    expect(committed(stopped, 'contacts')).toHaveLength(stopped.records('contacts').length);
    expect(stopped.errors).toEqual([]);
    const rest = await connection.read({ contacts: mode }, { env: RETRY });
    const union = [...committed(stopped, 'contacts'), ...rest.records('contacts')];
    expect(lossOf(highLevel, 'contacts', union)).toEqual([]);
  },
);

test('SIGTERM does not wait for a token that HighLevel does not give', async () => {
  const highLevel = await startHighLevel({ ...WORLD, locations: 2 });
  const [, unlucky = ''] = highLevel.simulator.world.locationIds();
  highLevel.simulator.faults.add({
    matches: ({ path, body }) => path === '/oauth/locationToken' && JSON.stringify(body).includes(unlucky),
    answer: {
      kind: 'response',
      response: () => new Response('{}', { status: 503, headers: { 'retry-after': '100' } }),
    },
  });
  const stopped = await connect(highLevel).read(
    { contacts: 'incremental' },
    { onLine: killAtLine(25, 'SIGTERM'), cut: true },
  );
  expect(stopped.signal).toBe('SIGTERM');
  expect(committed(stopped, 'contacts')).toHaveLength(stopped.records('contacts').length);
});

test('a reader that goes away ends the read quietly', async () => {
  const highLevel = await startHighLevel({ ...WORLD, knobs: { silentPageSize: 6, latencyMs: 5 } });
  const run = await connect(highLevel).read(
    { contacts: 'incremental' },
    {
      cut: true,
      onLine: (_, index, control) => {
        if (index === 8) control.closeStdout();
      },
    },
  );
  expect(run.stderr).toBe('');
  expect(run.exitCode).not.toBeNull();
  expect(run.calls.filter(isSearch('contacts')).length).toBeLessThan(10);
});

test('a slow reader slows the requests down, and still gets everything', async () => {
  const highLevel = await startHighLevel({
    locations: 4,
    contactsPerLocation: 500,
    knobs: { silentPageSize: 10, rateLimits: 'off' },
  });
  let askedMeanwhile = Infinity;
  const run = await connect(highLevel).read(
    { contacts: 'incremental' },
    {
      onLine: async (_, index) => {
        if (index !== 3) return;
        await delay(1_000);
        askedMeanwhile = highLevel.simulator.calls.filter(isSearch('contacts')).length;
      },
    },
  );
  // Two hundred and more in all; what fits into the pipe and one page ahead a lane have been asked for.
  expect(askedMeanwhile).toBeLessThan(60);
  expect(lossOf(highLevel, 'contacts', run.records('contacts'))).toEqual([]);
});

test('a sync whose time is up ends well, and the next one continues there', async () => {
  const highLevel = await startHighLevel({ ...WORLD, knobs: { silentPageSize: 6, latencyMs: 300 } });
  // A minute is the least that can be set: for this process it takes a second and a half, which is several answers.
  const hasty = 'const real=performance.now.bind(performance);performance.now=()=>real()*40';
  const connection = connect(highLevel, { settings: { max_sync_minutes: 1, max_concurrency: 1 } });
  const selection = { contacts: 'incremental', opportunities: 'incremental' } as const;
  const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(hasty)}` };
  const short = await connection.read(selection, { env });
  expect(short.exitCode).toBe(0);
  expect(short.records('contacts').length).toBeLessThan(50);
  connection.configure({ max_sync_minutes: null });
  highLevel.simulator.knobs.latencyMs = 0;
  const rest = await connection.read(selection);
  for (const stream of STREAMS) {
    expect(lossOf(highLevel, stream, [...short.records(stream), ...rest.records(stream)])).toEqual([]);
  }
  expect(rest.records('contacts').length).toBeLessThan(50);
  const [first] = rest.calls.filter(isSearch('contacts'));
  expect(JSON.stringify(isJsonObject(first?.body) ? first.body['filters'] : null)).toContain('dateAdded');
});
