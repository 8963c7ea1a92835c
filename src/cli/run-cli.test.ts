import { Writable } from 'node:stream';
import { expect, test } from '@jest/globals';
import { bareMachine } from './doubles/bare-machine.ts';
import { type CliOutcome, runCli } from './run-cli.ts';
import { createVirtualRuntime } from '../http/doubles/virtual-runtime.ts';
import { createMessageEmitter } from '../protocol/emitter.ts';

const runSpec = (stdout: Writable): Promise<CliOutcome> =>
  runCli(['spec'], {
    ...bareMachine,
    emitter: createMessageEmitter(stdout),
    aside: stdout,
    runtime: createVirtualRuntime(),
    signal: new AbortController().signal,
  });

test('a command whose output is taken exits with 0', async () => {
  const taken = new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  });
  expect(await runSpec(taken)).toBe(0);
});

test('a reader that goes away before the last lines are taken makes the exit code 1', async () => {
  const gone = new Writable({
    write: (_chunk, _encoding, done) => {
      setImmediate(done, Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
    },
  });
  expect(await runSpec(gone)).toBe(1);
});
