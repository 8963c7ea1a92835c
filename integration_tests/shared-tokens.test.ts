import { describe, expect, test } from '@jest/globals';
import { createMemoryFile, type MemoryFile } from '../src/auth/doubles/memory-file.ts';
import { isJsonObject, type JsonObject } from '../src/foundation/json.ts';
import { createVirtualRuntime } from '../src/http/doubles/virtual-runtime.ts';
import type { Call } from './simulator/call.ts';
import { createSimulator } from './simulator/simulator.ts';
import { catalogOf, idsIn, type InProcessRun, setUpInProcess } from './support/in-process.ts';

const run = setUpInProcess();

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const CONTACTS = 3;

const isRefresh = ({ path }: Call): boolean => path === '/oauth/token';
const isMint = ({ path }: Call): boolean => path === '/oauth/locationToken';

interface WorldOptions {
  readonly locations?: number;
  /** How far the machine's clock is ahead of HighLevel's. */
  readonly aheadMs?: number;
}

const createWorld = ({ locations = 2, aheadMs = 0 }: WorldOptions = {}) => {
  const runtime = createVirtualRuntime(Date.UTC(2026, 5, 1));
  const simulator = createSimulator({
    locations,
    contactsPerLocation: CONTACTS,
    opportunitiesPerLocation: 0,
    now: () => runtime.now() - aheadMs,
    knobs: { rateLimits: 'off' },
  });
  const config = simulator.connectorConfig('oauth', { max_concurrency: Math.min(locations, 100) });
  const sync = (
    options: { readonly config?: JsonObject; readonly file?: MemoryFile; readonly attempt?: string } = {},
  ): Promise<InProcessRun> =>
    run({
      simulator,
      runtime,
      files: { config: options.config ?? config, catalog: catalogOf('contacts') },
      ...(options.file && { tokenFile: options.file }),
      ...(options.attempt !== undefined && {
        env: { WORKER_JOB_ID: '1', WORKER_JOB_ATTEMPT: options.attempt },
      }),
    });
  /** Neither the grace of a refresh token nor the access tokens last so long. */
  const passDay = (): void => {
    runtime.set(runtime.now() + 5 * MINUTE_MS);
    simulator.admin.expireAccessTokens();
  };
  const expectComplete = ({ outcome, messages }: InProcessRun): void => {
    expect(outcome).toBe(0);
    expect(idsIn(messages).size).toBe(locations * CONTACTS);
  };
  return { runtime, simulator, config, sync, passDay, expectComplete };
};

const configsIn = ({ messages }: InProcessRun): readonly JsonObject[] =>
  messages.flatMap(({ control }) => {
    const holder = isJsonObject(control) ? control['connectorConfig'] : undefined;
    const config = isJsonObject(holder) ? holder['config'] : undefined;
    return isJsonObject(config) ? [config] : [];
  });

const failureTypes = ({ messages }: InProcessRun): readonly unknown[] =>
  messages.flatMap(({ trace }) => {
    const error = isJsonObject(trace) ? trace['error'] : undefined;
    return isJsonObject(error) ? [error['failure_type']] : [];
  });

describe('two runs with one configuration', () => {
  test('at once get the same tokens, and the config of either goes on', async () => {
    for (const keeper of [0, 1]) {
      const { sync, passDay, expectComplete } = createWorld();
      passDay();
      const runs = await Promise.all([sync(), sync()]);
      expect(runs.map(({ outcome }) => outcome)).toEqual([0, 0]);
      runs.forEach(expectComplete);
      const config = runs[keeper] && configsIn(runs[keeper]).at(-1);
      passDay();
      expectComplete(await sync({ ...(config && { config }) }));
    }
  });

  test.each([
    ['0', 'transient_error'],
    ['1', 'config_error'],
    [undefined, 'config_error'],
  ])('one after the other: the one that is behind fails at attempt %p with a %s', async (attempt, type) => {
    const { sync, passDay, expectComplete } = createWorld();
    passDay();
    const first = await sync();
    expectComplete(first);
    passDay();
    const late = await sync(attempt === undefined ? {} : { attempt });
    expect([late.outcome, failureTypes(late)]).toEqual([1, [type]]);
    // And does the other no harm.
    const [config] = configsIn(first);
    expectComplete(await sync({ ...(config && { config }) }));
  });

  test('at once and one after the other go on with a file, and renew once a day', async () => {
    const { sync, passDay, expectComplete, simulator } = createWorld();
    const file = createMemoryFile();
    for (let day = 1; day <= 3; day += 1) {
      passDay();
      (await Promise.all([sync({ file }), sync({ file }), sync({ file })])).forEach(expectComplete);
      const refreshes = simulator.calls.filter(isRefresh).length;
      expectComplete(await sync({ file }));
      expect(simulator.calls.filter(isRefresh)).toHaveLength(refreshes);
    }
  });

  test('that is under way when another one renews the tokens adopts those of the file', async () => {
    const { sync, passDay, expectComplete, simulator, runtime } = createWorld({ locations: 1 });
    const file = createMemoryFile();
    passDay();
    let other: Promise<InProcessRun> | undefined;
    simulator.beforeAnswer(async (call) => {
      if (other !== undefined || !isMint(call)) return;
      runtime.set(runtime.now() + DAY_MS);
      other = sync({ file });
      await other;
      // Past the grace: whoever does not look into the file is refused.
      runtime.set(runtime.now() + 5 * MINUTE_MS);
    });
    expectComplete(await sync({ file }));
    if (other === undefined) throw new Error('There was no other run.');
    expectComplete(await other);
    expect(simulator.calls.filter(isRefresh).map(({ status }) => status)).toEqual([200, 200]);
  });
});

describe('fifty locations at once', () => {
  test('meet an expired agency token: one refresh', async () => {
    const { sync, expectComplete, simulator } = createWorld({ locations: 50 });
    let mostAtOnce = 0;
    let waiting = 0;
    const remove = simulator.beforeAnswer((call) => {
      if (!isMint(call)) return;
      simulator.admin.expireAccessTokens(({ tokenClass }) => tokenClass === 'Company');
      remove();
    });
    // Answers wait until no more requests come, so that many are refused at once.
    simulator.beforeAnswer(async (call) => {
      if (!isMint(call)) return;
      waiting += 1;
      mostAtOnce = Math.max(mostAtOnce, waiting);
      for (let tick = 0; tick < 100; tick += 1) await new Promise(setImmediate);
      waiting -= 1;
    });
    const synced = await sync();
    expectComplete(synced);
    expect(mostAtOnce).toBeGreaterThan(1);
    expect(simulator.calls.filter(isRefresh)).toHaveLength(1);
    expect(simulator.calls.filter(isMint).length).toBeLessThanOrEqual(100);
    expect(configsIn(synced)).toHaveLength(1);
  });

  test('meet refused tokens of their own: one mint each, and no refresh', async () => {
    const { sync, expectComplete, simulator } = createWorld({ locations: 50 });
    let searches = 0;
    const remove = simulator.beforeAnswer((call) => {
      if (call.path !== '/contacts/search' || (searches += 1) < 2) return;
      remove();
      simulator.admin.revokeAccessTokens(({ tokenClass }) => tokenClass === 'Location');
    });
    expectComplete(await sync());
    expect(simulator.calls.filter(isRefresh)).toEqual([]);
    expect(simulator.calls.filter(isMint).length).toBeGreaterThan(50);
    expect(simulator.calls.filter(isMint).length).toBeLessThanOrEqual(100);
  });
});

describe('a clock that is wrong', () => {
  const clocks = [30 * MINUTE_MS, -30 * MINUTE_MS, DAY_MS, -DAY_MS, 400 * DAY_MS];

  test.each(clocks)('by %i ms costs one refresh a day, and no token', async (aheadMs) => {
    const { sync, passDay, expectComplete, simulator, config } = createWorld({ aheadMs });
    let kept = config;
    for (let day = 1; day <= 3; day += 1) {
      passDay();
      const first = await sync({ config: kept });
      expectComplete(first);
      kept = configsIn(first).at(-1) ?? kept;
      expectComplete(await sync({ config: kept }));
      expect(simulator.calls.filter(isRefresh)).toHaveLength(day);
    }
  });

  const dates = [
    '0001-01-01T00:00:00Z',
    '1970-01-01T00:00:00.000Z',
    '9999-12-31T23:59:59Z',
    '2026-02-30T00:00:00Z',
    '2026-06-01T00:00:00',
    '2026-06-01T00:00:00+14:00',
    '2026-06-01T00:00:00.123456789Z',
    '2026-06-01',
    '1780272000',
    'never',
    '',
  ];

  test.each(dates)('or an expiry date like "%s" costs a refresh at most', async (date) => {
    const { sync, expectComplete, simulator, config } = createWorld();
    const { credentials } = config;
    const dated = {
      ...config,
      credentials: { ...(isJsonObject(credentials) ? credentials : {}), token_expiry_date: date },
    };
    const first = await sync({ config: dated });
    expectComplete(first);
    expect(simulator.calls.filter(isRefresh).length).toBeLessThanOrEqual(1);
    simulator.admin.expireAccessTokens();
    const refreshes = simulator.calls.filter(isRefresh).length;
    expectComplete(await sync({ config: configsIn(first).at(-1) ?? dated }));
    expect(simulator.calls.filter(isRefresh)).toHaveLength(refreshes + 1);
  });
});

test.each([
  ['cut', { kind: 'cut', afterBytes: 300 }],
  ['malformed', { kind: 'malformed' }],
  ['an empty object', { kind: 'response', response: () => Response.json({}) }],
] as const)('an answer that is %s after HighLevel has rotated is had again', async (_, answer) => {
  const { sync, passDay, expectComplete, simulator } = createWorld();
  passDay();
  simulator.faults.add({ matches: isRefresh, nth: 1, answer });
  const first = await sync();
  expectComplete(first);
  expect(simulator.calls.filter(isRefresh)).toHaveLength(2);
  passDay();
  const [config] = configsIn(first);
  expectComplete(await sync({ ...(config && { config }) }));
});
