import { describe, expect, test } from '@jest/globals';
import type { SimulatorOptions } from '../simulator/options.ts';
import { connect, type Run } from '../support/connection.ts';
import { startHighLevel } from '../support/highlevel.ts';
import { cutsOf, resumeAll, spread } from '../support/resume.ts';
import { selectionOf } from '../support/stories.ts';
import { CHILDREN, idIn, lackOf, rowsOf, subjectOf, WINDOWED } from '../support/subjects.ts';
import { trueIds } from '../support/truth.ts';
import { idsOf } from '../support/warehouse.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const QUIET = { rateLimits: 'off' } as const;
const JOB = { WORKER_JOB_ID: '7', WORKER_JOB_ATTEMPT: '0' };
const RETRY = { WORKER_JOB_ID: '7', WORKER_JOB_ATTEMPT: '1' };

const committed = (run: Run, stream: string) => cutsOf(run, stream).at(-1)?.records ?? [];
const world = (kind: string, rest: SimulatorOptions = {}): SimulatorOptions => ({
  locations: 2,
  rows: { [kind]: 120 },
  knobs: { ...QUIET, silentPageSize: 30 },
  ...rest,
});

describe.each(['messages', 'orders', 'appointments', 'conversations', 'form_submissions'])('%s', (stream) => {
  const subject = subjectOf(stream);
  const selection = { [stream]: 'incremental' } as const;

  test('go on after any of their states, and lose nothing', async () => {
    const highLevel = await startHighLevel(world(subject.kind));
    const run = await connect(highLevel).read(selection);
    const cuts = cutsOf(run, stream);
    // In the middle of a first pass, at least once.
    expect(cuts.some(({ states }) => JSON.stringify(states.get(stream)).includes('"reading"'))).toBe(true);
    for (const union of await resumeAll(highLevel, spread(cuts, 3), { selection, stream })) {
      expect(lackOf(highLevel, subject, union)).toEqual([]);
    }
  });
});

test('a backfill that is killed goes on with its window, and the next sync reads what was made meanwhile', async () => {
  const highLevel = await startHighLevel(world('messages', { knobs: { ...QUIET, latencyMs: 10 } }));
  const messages = subjectOf('messages');
  const connection = connect(highLevel, { settings: { max_concurrency: 1 } });
  const selection = { messages: 'incremental' } as const;
  const killed = await connection.read(selection, {
    cut: true,
    onLine: (line, _, control) => {
      if (line.includes('"reading"') && line.includes('"next":"2026')) control.kill('SIGKILL');
    },
  });
  expect(killed.signal).toBe('SIGKILL');
  highLevel.passTime(5 * HOUR_MS);
  const [locationId = ''] = highLevel.simulator.world.locationIds();
  const added = idIn(highLevel.simulator.world.collection(locationId, 'messages').add());
  highLevel.passTime(HOUR_MS);
  const rest = await connection.read(selection);
  const union = [...committed(killed, 'messages'), ...rest.records('messages')];
  expect(idsOf(rest.records('messages'))).toContain(added);
  expect(lackOf(highLevel, messages, union)).toEqual([]);
  const starts = rest.calls
    .filter((call) => call.path.endsWith('/messages/export') && call.locationId === locationId)
    .map(({ query }) => Number(query['startDate']));
  expect(Math.min(...starts)).toBeGreaterThan(Date.UTC(2015, 0, 1));
});

test('a backfill whose time is up goes on with its window', async () => {
  const highLevel = await startHighLevel(world('orders', { locations: 1 }));
  // A minute is the least that can be set: on this machine it takes three seconds, and is over when the first window has come.
  const hasty = 'const real=performance.now.bind(performance);performance.now=()=>real()*20';
  const isOrders = ({ path }: { readonly path: string }): boolean => path === '/payments/orders';
  highLevel.simulator.faults.add({ matches: isOrders, answer: { kind: 'slow', delayMs: 3_500 }, nth: 1 });
  const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(hasty)}` };
  const connection = connect(highLevel, { settings: { max_sync_minutes: 1 } });
  const selection = { orders: 'incremental' } as const;
  const short = await connection.read(selection, { env });
  expect(short.exitCode).toBe(0);
  expect(JSON.stringify(connection.states().get('orders'))).toContain('"reading"');
  connection.configure({ max_sync_minutes: null });
  const rest = await connection.read(selection);
  const union = [...short.records('orders'), ...rest.records('orders')];
  expect(lackOf(highLevel, subjectOf('orders'), union)).toEqual([]);
  const [first] = rest.calls.filter(isOrders);
  expect(first?.query['startAt']).not.toBe('1970-01-01');
});

describe.each(['orders', 'invoices', 'prices', 'object_records'])('a full refresh of %s', (stream) => {
  const subject = subjectOf(stream);
  const selection = { [stream]: 'full_refresh' } as const;

  test('that the same job retries does not read finished locations again', async () => {
    const highLevel = await startHighLevel({ locations: 2, rows: { [subject.kind]: 120 }, knobs: QUIET });
    const connection = connect(highLevel, { settings: { max_concurrency: 1 } });
    const run = await connection.read(selection, { env: JOB });
    expect(lackOf(highLevel, subject, run.records(stream))).toEqual([]);
    const isDone = (text: string, count: number): boolean => text.split('"done":true').length - 1 === count;
    const half = cutsOf(run, stream).find(({ states }) => isDone(JSON.stringify(states.get(stream)), 1));
    expect(half).toBeDefined();
    const cuts = half === undefined ? [] : [half];
    const options = { env: RETRY };
    const before = highLevel.simulator.calls.length;
    const [union = []] = await resumeAll(highLevel, cuts, { selection, stream, options });
    expect(lackOf(highLevel, subject, union)).toEqual([]);
    const asked = highLevel.simulator.calls
      .slice(before)
      .filter(({ path }) => !path.startsWith('/oauth/'))
      .map(({ locationId }) => locationId);
    expect(new Set(asked).size).toBe(1);
  });
});

test('a location that cannot be read does not stop the others', async () => {
  const subjects = [...WINDOWED, ...CHILDREN];
  const highLevel = await startHighLevel({ locations: 3, knobs: QUIET });
  const { world: truth, admin } = highLevel.simulator;
  const [bad = '', ...good] = truth.locationIds();
  const connection = connect(highLevel);
  // It is refused in the middle of the sync, when its first answer is on its way.
  let isRefused = false;
  highLevel.simulator.beforeAnswer(({ path }) => {
    if (isRefused || path !== '/conversations/messages/export') return;
    isRefused = true;
    admin.suspend(bad);
  });
  const run = await connection.read(selectionOf(subjects));
  for (const subject of subjects) {
    expect(lackOf(highLevel, subject, run.records(subject.stream), good)).toEqual([]);
    expect(JSON.stringify(connection.states().get(subject.stream))).toContain(good[0]);
  }
  admin.activate(bad);
  highLevel.passTime(HOUR_MS);
  const next = await connection.read(selectionOf(subjects));
  for (const subject of subjects) {
    const both = [...run.records(subject.stream), ...next.records(subject.stream)];
    expect(lackOf(highLevel, subject, both)).toEqual([]);
  }
});

describe('trailing_window_days', () => {
  test.each([
    [undefined, 0],
    [2000, 1],
  ])('%s decides how far back a late change is seen at the next sync', async (days, expected) => {
    const settings = days === undefined ? {} : { trailing_window_days: days };
    const highLevel = await startHighLevel({ knobs: QUIET });
    const messages = subjectOf('messages');
    const connection = connect(highLevel, { settings });
    const selection = { messages: 'incremental' } as const;
    await connection.read(selection);
    highLevel.passTime(5 * HOUR_MS);
    const [oldest = {}] = rowsOf(highLevel, messages).rows();
    rowsOf(highLevel, messages).update(idIn(oldest), { status: 'opened' });
    highLevel.passTime(DAY_MS);
    const next = await connection.read(selection);
    expect(idsOf(next.records('messages')).filter((id) => id === idIn(oldest))).toHaveLength(expected);
  });
});

describe('costly streams', () => {
  test('are discovered only when they are asked for', async () => {
    const highLevel = await startHighLevel({ knobs: QUIET });
    const namesWith = async (settings: { readonly costly_streams?: readonly string[] }) => {
      const run = await connect(highLevel, { settings }).discover();
      return run.messages
        .flatMap((message) => (message.type === 'CATALOG' ? message.catalog.streams : []))
        .map(({ name }) => name)
        .filter((name) => ['contact_notes', 'contact_attributions'].includes(name));
    };
    expect(await namesWith({})).toEqual([]);
    expect(await namesWith({ costly_streams: ['contact_notes'] })).toEqual(['contact_notes']);
  });
});

test('no record carries what a service signs in with', async () => {
  const highLevel = await startHighLevel({ knobs: QUIET });
  const { world: truth } = highLevel.simulator;
  const [locationId = ''] = truth.locationIds();
  const secret = 'do-not-tell-anybody';
  const snapshot = { object: 'payment_intent', client_secret: secret, nested: [{ Authorization: secret }] };
  for (const [kind, key] of [
    ['transactions', 'chargeSnapshot'],
    ['subscriptions', 'subscriptionSnapshot'],
  ] as const) {
    const rows = truth.collection(locationId, kind);
    rows.update(idIn(rows.rows()[0] ?? {}), { [key]: snapshot });
  }
  const selection = {
    transactions: 'incremental',
    subscriptions: 'incremental',
    invoices: 'incremental',
    invoice_items: 'incremental',
    voice_ai_call_logs: 'incremental',
  } as const;
  const run = await connect(highLevel).read(selection);
  expect(JSON.stringify(truth.collection(locationId, 'invoices').rows())).toContain('Authorization');
  const printed = run.lines.filter((line) => line.includes('"RECORD"')).join('\n');
  expect(printed).not.toMatch(/do-not-tell|client_secret|Authorization|Bearer ey/i);
  expect(idsOf(run.records('transactions'))).toEqual(trueIds(truth, 'transactions', locationId));
  expect(printed).toContain('payment_intent');
});
