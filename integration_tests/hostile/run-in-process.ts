import { setMaxListeners } from 'node:events';
import { Writable } from 'node:stream';
import { bareMachine } from '../../src/cli/doubles/bare-machine.ts';
import { runCli } from '../../src/cli/run-cli.ts';
import { transientError } from '../../src/foundation/errors.ts';
import type { HttpClient, HttpRequest } from '../../src/http/client.ts';
import type { VirtualRuntime } from '../../src/http/doubles/virtual-runtime.ts';
import { parseAnswer, type RawAnswer } from '../../src/http/parse-answer.ts';
import { addressOf, encodeBody } from '../../src/http/wire-request.ts';
import { createMessageEmitter } from '../../src/protocol/emitter.ts';
import type { ConnectorOutput } from '../support/run-connector.ts';
import '../support/load-connector.ts';

/** Gives the answer to pass on in place of the true one. `call` counts the requests of the run from 0. */
export type Tamper = (answer: RawAnswer, call: number, address: URL) => RawAnswer;

export interface InProcessRun {
  readonly runtime: VirtualRuntime;
  /** Answers as HighLevel would; without it nobody answers. */
  readonly handle?: (request: Request) => Promise<Response>;
  readonly tamper?: Tamper;
  readonly env?: Readonly<Record<string, string>>;
  /** The text of each input file. */
  readonly files: Readonly<Record<string, string>>;
}

export interface InProcessOutput extends ConnectorOutput {
  /** Requests that were sent. */
  readonly calls: number;
}

/** Far more than the small worlds of these tests need: who asks for more would not end. */
const MOST_CALLS = 3_000;

const toRequest = (baseUrl: string, request: HttpRequest): Request => {
  const { text, contentHeaders } = encodeBody(request.body);
  const headers = { 'user-agent': 'hostile/1.0', ...contentHeaders, ...request.headers };
  try {
    return new Request(addressOf(baseUrl, request.path, request.query), {
      method: request.method,
      headers,
      ...(text !== undefined && { body: text }),
    });
  } catch {
    // A token that no header can carry.
    throw transientError('HighLevel could not be reached (ERR_INVALID_CHAR).');
  }
};

/** Runs a command of the connector in this process, with the answers that a hostile server would give. */
export const runInProcess = async (command: string, run: InProcessRun): Promise<InProcessOutput> => {
  const { runtime, handle, tamper = (answer: RawAnswer) => answer, env = {}, files } = run;
  const stop = new AbortController();
  setMaxListeners(0, stop.signal);
  let calls = 0;
  const clientOf = (baseUrl: string): HttpClient => ({
    send: async (request, signal) => {
      signal?.throwIfAborted();
      const call = calls;
      calls += 1;
      if (calls > MOST_CALLS) stop.abort(new Error('too many requests'));
      const wire = toRequest(baseUrl, request);
      if (handle === undefined) throw transientError('HighLevel could not be reached (ENOTFOUND).');
      const response = await handle(wire);
      const bytes = Buffer.from(await response.arrayBuffer());
      const raw = { status: response.status, headers: Object.fromEntries(response.headers), bytes };
      return parseAnswer(tamper(raw, call, new URL(wire.url)), request);
    },
  });
  let output = '';
  const stdout = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      output += chunk.toString('utf8');
      done();
    },
  });
  const args = Object.keys(files).flatMap((name) => [`--${name}`, name]);
  const outcome = await runCli([command, ...args], {
    ...bareMachine,
    emitter: createMessageEmitter(stdout),
    aside: stdout,
    runtime,
    createClient: clientOf,
    readTextFile: (path) => Promise.resolve(files[path] ?? ''),
    env,
    signal: stop.signal,
  });
  if (outcome === 'interrupted')
    throw new Error(`The connector sent ${MOST_CALLS} requests and did not end.`);
  const lines = output.split('\n');
  const rest = lines.pop() ?? '';
  return { exitCode: outcome, signal: null, lines, rest, stderr: '', calls };
};
