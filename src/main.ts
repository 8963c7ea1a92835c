import { setMaxListeners } from 'node:events';
import { readFile } from 'node:fs/promises';
import { getHeapStatistics } from 'node:v8';
import packageJson from '../package.json' with { type: 'json' };
import { createDiskFile } from './auth/disk-file.ts';
import { runCli } from './cli/run-cli.ts';
import { boundHeap, v8Engine } from './foundation/bound-heap.ts';
import { systemError } from './foundation/errors.ts';
import { systemRuntime } from './foundation/runtime.ts';
import type { HttpClient } from './http/client.ts';
import type { LoginMachine } from './login/login-machine.ts';
import { createMessageEmitter } from './protocol/emitter.ts';
import { toErrorTrace } from './source/failure-traces.ts';

/** Largest answer taken into memory; a page of the largest rows ever seen is far below. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;
const TIMEOUT_MS = 60_000;
const { name, version } = packageJson;
const SIGNAL_NUMBERS = { SIGINT: 2, SIGTERM: 15 } as const;

const heap = boundHeap(v8Engine);

const env = { ...process.env };
// Without effect on us (see axios-client.ts), but Node.js would announce one on standard error.
delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];

const stop = new AbortController();
// Every request under way listens to it, which is many and no leak.
setMaxListeners(0, stop.signal);
let stoppedBy: keyof typeof SIGNAL_NUMBERS | undefined;

/** Ends the process the way the signal would have. As PID 1 a process does not die of it, so it exits with its code. */
const dieOf = (signal: keyof typeof SIGNAL_NUMBERS): void => {
  process.removeAllListeners(signal);
  if (process.pid === 1) process.exit(128 + SIGNAL_NUMBERS[signal]);
  process.kill(process.pid, signal);
};

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // Told twice: whoever reads our output does not let the last lines out.
    if (stoppedBy !== undefined) dieOf(signal);
    stoppedBy = signal;
    stop.abort(new Error(`stopped by ${signal}`));
  });
}

// Nobody reads any more: what is under way is for nothing.
process.stdout.once('error', (error) => {
  stop.abort(error);
});

const emitter = createMessageEmitter(process.stdout);

// A program that waits for nothing that could come would end here without a word, and pass for complete.
process.once('beforeExit', () => {
  const error = systemError(
    'The connector came to a standstill. Please report it with the log of this sync; syncing again goes on from the last state.',
  );
  const trace = toErrorTrace({ streamName: undefined, error }, systemRuntime.now(), (text) => text);
  void emitter
    .emit(trace)
    .then(emitter.flush)
    .finally(() => process.exit(1));
});

/** Loads axios with the first request: not every command sends one. */
const createClient = (baseUrl: string): HttpClient => {
  const load = async (): Promise<HttpClient> => {
    const { createAxiosClient } = await import('./http/axios-client.ts');
    return createAxiosClient({
      baseUrl,
      timeoutMs: TIMEOUT_MS,
      userAgent: `${name}/${version} (Airbyte source)`,
      maxAnswerBytes: MAX_ANSWER_BYTES,
    });
  };
  let client: Promise<HttpClient> | undefined;
  return {
    send: async (request, signal) => {
      client ??= load();
      heap.check();
      return (await client).send(request, signal);
    },
  };
};

/** Where people look at standard error, and where what is read does not run past them. */
const isWatched = process.stderr.isTTY && !process.stdout.isTTY;

/** Only `login` needs a server, a terminal and cryptography. */
const openLoginMachine = async (): Promise<LoginMachine> => {
  const [{ createTerminal }, { httpRedirectListener }, { randomBytes }] = await Promise.all([
    import('./login/terminal.ts'),
    import('./login/http-redirect-listener.ts'),
    import('node:crypto'),
  ]);
  return {
    ...createTerminal({
      input: process.stdin,
      output: process.stderr,
      interrupt: () => process.kill(process.pid, 'SIGINT'),
    }),
    listen: httpRedirectListener,
    secretText: () => randomBytes(24).toString('base64url'),
  };
};

const outcome = await runCli(process.argv.slice(2), {
  emitter,
  aside: process.stderr,
  runtime: systemRuntime,
  createClient,
  readTextFile: (path) => readFile(path, 'utf8'),
  openSharedFile: (path) => createDiskFile(path, systemRuntime),
  say: (sentence) => void process.stderr.write(`${sentence}\n`),
  openLoginMachine,
  env,
  version,
  openWatch: isWatched
    ? async () => {
        const { watchOnTerminal } = await import('./terminal/watch-on-terminal.ts');
        return watchOnTerminal(process.stderr, systemRuntime);
      }
    : undefined,
  heapLimitBytes: getHeapStatistics().heap_size_limit,
  signal: stop.signal,
});

process.removeAllListeners('beforeExit');
if (outcome === 'interrupted' && stoppedBy !== undefined) dieOf(stoppedBy);
// Not `process.exit`: what is still on its way to a pipe would be cut off.
else process.exitCode = outcome === 'interrupted' ? 1 : outcome;
