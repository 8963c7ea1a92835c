import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { http } from 'msw';
import { setupServer } from 'msw/node';
import { runCli } from '../src/cli.ts';
import { isJsonObject, type JsonObject } from '../src/foundation/json.ts';
import { createAxiosClient } from '../src/http/axios-client.ts';
import { createVirtualRuntime } from '../src/http/doubles/virtual-runtime.ts';
import { createMessageEmitter } from '../src/protocol/emitter.ts';
import { secretsOfConfig } from './support/known-secrets.ts';
import { keepPrinted, leaksIn } from './support/printed.ts';
import { createSimulator, type Simulator } from './simulator/simulator.ts';

/** The address the connector speaks to when nobody says otherwise. */
const HIGHLEVEL = 'https://services.leadconnectorhq.com';

const server = setupServer();
beforeAll(() => {
  server.listen({ onUnhandledRequest: 'error' });
});
afterAll(() => {
  server.close();
});

interface Run {
  readonly outcome: number | 'interrupted';
  readonly messages: readonly JsonObject[];
}

/** The whole connector in this process, on a clock that jumps over its waits. */
const run = async (
  simulator: Simulator,
  runtime: ReturnType<typeof createVirtualRuntime>,
  files: Readonly<Record<string, unknown>>,
): Promise<Run> => {
  server.use(http.all(`${HIGHLEVEL}/*`, ({ request }) => simulator.handle(request)));
  let output = '';
  const stdout = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      output += chunk.toString('utf8');
      done();
    },
  });
  const outcome = await runCli(['read', '--config', 'config', '--catalog', 'catalog'], {
    emitter: createMessageEmitter(stdout),
    runtime,
    createClient: (baseUrl) =>
      createAxiosClient({ baseUrl, timeoutMs: 10_000, userAgent: 'test/1.0', maxAnswerBytes: 1e8 }),
    readTextFile: (path) => Promise.resolve(JSON.stringify(files[path])),
    env: {},
    version: '0.0.0',
    signal: new AbortController().signal,
  });
  const printed = {
    texts: output.split('\n'),
    secrets: [...secretsOfConfig(files['config']), simulator.app.clientSecret, simulator.agencyToken],
  };
  keepPrinted(printed);
  expect(leaksIn(printed)).toEqual([]);
  const messages = output
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line))
    .filter(isJsonObject);
  return { outcome, messages };
};

const catalog = {
  streams: [
    {
      stream: { name: 'contacts', json_schema: {} },
      sync_mode: 'incremental',
      destination_sync_mode: 'append_dedup',
    },
  ],
};

const idsOf = (messages: readonly JsonObject[]): ReadonlySet<string> =>
  new Set(
    messages.flatMap(({ record }) => {
      const data = isJsonObject(record) ? record['data'] : undefined;
      return isJsonObject(data) && typeof data['id'] === 'string' ? [data['id']] : [];
    }),
  );

describe('against the real quota of 100 requests in 10 seconds', () => {
  const CONTACTS = 6000;
  const PAGE = 20;

  test.each([80, 100])(
    'a sync with a share of %i %% never is refused and takes the time the share costs',
    async (share) => {
      const runtime = createVirtualRuntime(Date.UTC(2026, 5, 1));
      const simulator = createSimulator({
        locations: [{ contacts: CONTACTS, opportunities: 0 }],
        now: runtime.now,
        knobs: { silentPageSize: PAGE },
      });
      const config = simulator.connectorConfig('oauth', { max_quota_share: share });
      const startedAt = runtime.now();
      const { outcome, messages } = await run(simulator, runtime, { config, catalog });
      const elapsedS = (runtime.now() - startedAt) / 1000;

      expect(outcome).toBe(0);
      expect(idsOf(messages).size).toBe(CONTACTS);
      expect(simulator.calls.filter(({ status }) => status === 429)).toEqual([]);
      const requests = CONTACTS / PAGE;
      const fullWindows = Math.floor((requests - 1) / share);
      expect(elapsedS).toBeGreaterThanOrEqual(fullWindows * 10);
      expect(elapsedS).toBeLessThanOrEqual((fullWindows + 2) * 10);
    },
  );
});
