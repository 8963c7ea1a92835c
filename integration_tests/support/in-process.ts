import { Writable } from 'node:stream';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { http } from 'msw';
import { setupServer } from 'msw/node';
import type { SharedFile } from '../../src/auth/shared-file.ts';
import { bareMachine } from '../../src/cli/doubles/bare-machine.ts';
import { runCli } from '../../src/cli/run-cli.ts';
import { isJsonObject, type JsonObject } from '../../src/foundation/json.ts';
import type { Runtime } from '../../src/foundation/runtime.ts';
import { createAxiosClient } from '../../src/http/axios-client.ts';
import type { HttpClient } from '../../src/http/client.ts';
import { createMessageEmitter } from '../../src/protocol/emitter.ts';
import type { Simulator } from '../simulator/simulator.ts';
import { secretsOfConfig } from './known-secrets.ts';
import { keepPrinted, leaksIn } from './printed.ts';
import './load-connector.ts';

/** The address the connector speaks to when nobody says otherwise. */
const HIGHLEVEL = 'https://services.leadconnectorhq.com';

export interface InProcessOptions {
  readonly simulator: Simulator;
  readonly runtime: Runtime;
  /** By path; the command line names `config` and `catalog`. */
  readonly files: Readonly<Record<string, unknown>>;
  readonly command?: 'check' | 'discover' | 'read';
  readonly env?: Readonly<Record<string, string>>;
  /** Where `--token-file` leads. */
  readonly tokenFile?: SharedFile;
  /** Something between the connector and HighLevel. */
  readonly around?: (client: HttpClient) => HttpClient;
  /** Takes what is written, in place of a pipe that always has room; resolves when the writer may go on. */
  readonly onOutput?: (text: string) => Promise<void>;
}

export interface InProcessRun {
  readonly outcome: number | 'interrupted';
  readonly messages: readonly JsonObject[];
}

/** Whole lines of output. */
export const messagesIn = (output: string): readonly JsonObject[] =>
  output
    .slice(0, output.lastIndexOf('\n') + 1)
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line))
    .filter(isJsonObject);

const argumentsOf = ({ command = 'read', tokenFile }: InProcessOptions): readonly string[] => [
  command,
  '--config',
  'config',
  ...(command === 'read' ? ['--catalog', 'catalog'] : []),
  ...(tokenFile === undefined ? [] : ['--token-file', tokenFile.path]),
];

/** Standard output that keeps what it gets. */
const createOutput = (onOutput: InProcessOptions['onOutput'] = () => Promise.resolve()) => {
  let output = '';
  const stdout = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      const text = chunk.toString('utf8');
      output += text;
      void onOutput(text).then(() => {
        done();
      });
    },
  });
  return { stdout, written: () => output };
};

/** The whole connector in this process, on a clock that jumps over its waits. To be called once a test file. */
export const setUpInProcess = (): ((options: InProcessOptions) => Promise<InProcessRun>) => {
  const server = setupServer();
  beforeAll(() => {
    server.listen({ onUnhandledRequest: 'error' });
  });
  afterAll(() => {
    server.close();
  });
  return async (options) => {
    const {
      simulator,
      runtime,
      files,
      tokenFile,
      env = {},
      around = (client: HttpClient) => client,
    } = options;
    server.use(http.all(`${HIGHLEVEL}/*`, ({ request }) => simulator.handle(request)));
    const { stdout, written } = createOutput(options.onOutput);
    const outcome = await runCli(argumentsOf(options), {
      ...bareMachine,
      emitter: createMessageEmitter(stdout),
      aside: stdout,
      runtime,
      createClient: (baseUrl) =>
        around(createAxiosClient({ baseUrl, timeoutMs: 10_000, userAgent: 'test/1.0', maxAnswerBytes: 1e8 })),
      openSharedFile: (path) => (tokenFile?.path === path ? tokenFile : bareMachine.openSharedFile(path)),
      readTextFile: (path) => Promise.resolve(JSON.stringify(files[path])),
      env,
      signal: new AbortController().signal,
    });
    const { app, agencyToken } = simulator;
    const output = written();
    const printed = {
      texts: output.split('\n'),
      secrets: [...secretsOfConfig(files['config']), app.clientSecret, agencyToken],
    };
    keepPrinted(printed);
    expect(leaksIn(printed)).toEqual([]);
    return { outcome, messages: messagesIn(output) };
  };
};

/** A catalog of these streams, incremental. */
export const catalogOf = (...names: readonly string[]): JsonObject => ({
  streams: names.map((name) => ({
    stream: { name, json_schema: {} },
    sync_mode: 'incremental',
    destination_sync_mode: 'append_dedup',
  })),
});

export const idsIn = (messages: readonly JsonObject[]): ReadonlySet<string> =>
  new Set(
    messages.flatMap(({ record }) => {
      const data = isJsonObject(record) ? record['data'] : undefined;
      return isJsonObject(data) && typeof data['id'] === 'string' ? [data['id']] : [];
    }),
  );
