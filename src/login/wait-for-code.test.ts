import { expect, test } from '@jest/globals';
import { createVirtualRuntime } from '../http/doubles/virtual-runtime.ts';
import type { ListenForRedirect } from './login-machine.ts';
import { waitForCode } from './wait-for-code.ts';

const TARGET = { hosts: ['127.0.0.1'], port: 8080, path: '/' } as const;

/** Input that is never typed into, as of a person who does something else. */
const untilAborted = async function* (signal: AbortSignal): AsyncGenerator<string> {
  await new Promise((resolve) => {
    signal.addEventListener('abort', resolve);
  });
  yield* [];
};

const wait = (options: {
  readonly target?: typeof TARGET;
  readonly listen?: ListenForRedirect;
  readonly lines?: (signal: AbortSignal) => AsyncIterable<string>;
  readonly stop?: AbortController;
}) => {
  const events: string[] = [];
  const code = waitForCode({
    target: options.target,
    state: 's',
    redirectUri: 'http://localhost:8080',
    machine: {
      listen: (...given) => {
        events.push('listens');
        return (options.listen ?? (() => Promise.resolve({ close: () => Promise.resolve() })))(...given);
      },
      lines: options.lines ?? untilAborted,
    },
    runtime: createVirtualRuntime(),
    invite: () => void events.push('invites'),
    say: (sentence) => void events.push(sentence),
    signal: (options.stop ?? new AbortController()).signal,
  });
  return { code, events };
};

const typed = (...lines: readonly string[]) =>
  async function* typedLines(): AsyncGenerator<string> {
    yield* lines;
    await Promise.resolve();
  };

test('nobody is invited before the browser could come back', async () => {
  let isClosed = false;
  const { code, events } = wait({
    target: TARGET,
    listen: (_, answer) => {
      setImmediate(() => answer(new URLSearchParams('code=the-code&state=s')));
      return Promise.resolve({
        close: () => {
          isClosed = true;
          return Promise.resolve();
        },
      });
    },
  });
  expect(await code).toBe('the-code');
  expect(events).toEqual(['listens', 'invites']);
  expect(isClosed).toBe(true);
});

test('after ten minutes nobody is waited for any more', async () => {
  await expect(wait({ target: TARGET }).code).rejects.toThrow('Nobody has given access within 10 minutes');
});

test('lines that are no answer are passed over', async () => {
  const { code, events } = wait({ lines: typed('', 'hello', '?code=x&state=other', '?code=x&state=s') });
  expect(await code).toBe('x');
  expect(events).toEqual([
    'invites',
    'There is no code in it. When you have given access, the browser ends at http://localhost:8080?code=…',
    expect.stringContaining('does not belong to this sign-in'),
  ]);
});

test.each([
  ['error=access_denied', 'the consent was denied'],
  ['error=invalid_scope&error_description=no+such+scope', 'with an error (no such scope)'],
])('%s ends it', async (query, words) => {
  await expect(wait({ lines: typed(`?${query}&state=s`) }).code).rejects.toThrow(words);
});

test('whoever stops it is told nothing but that', async () => {
  const stop = new AbortController();
  const { code } = wait({ target: TARGET, stop });
  stop.abort(new Error('stopped by SIGINT'));
  await expect(code).rejects.toThrow('stopped by SIGINT');
});
