import { createInterface, type Interface } from 'node:readline';
import type { ReadStream } from 'node:tty';
import { Writable } from 'node:stream';
import type { LoginMachine } from './login-machine.ts';

interface TerminalStreams {
  readonly input: NodeJS.ReadableStream & Partial<Pick<ReadStream, 'isTTY' | 'unref'>>;
  readonly output: NodeJS.WritableStream;
  /** Told when Ctrl-C is pressed where it makes no signal, because keys are read one by one. */
  readonly interrupt: () => void;
}

/** Without a terminal of its own it would read keys; so lines come as the machine gives them, and Ctrl-C is a signal. */
const createLines = ({ input }: TerminalStreams): Interface => createInterface({ input, terminal: false });

const nothing = (): Writable =>
  new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  });

const ask = async ({ input, output, interrupt }: TerminalStreams, question: string, signal: AbortSignal) => {
  output.write(question);
  // It echoes into nothing what it reads key by key.
  const reader = createInterface({ input, output: nothing(), terminal: true });
  try {
    return await new Promise<string>((resolve, reject) => {
      reader.once('line', resolve);
      reader.once('SIGINT', interrupt);
      reader.once('close', () => {
        resolve('');
      });
      signal.addEventListener('abort', () => {
        reject(signal.reason instanceof Error ? signal.reason : new Error('stopped'));
      });
    });
  } finally {
    reader.close();
    output.write('\n');
  }
};

/** A person at a terminal, or whatever is piped in. */
export const createTerminal = (streams: TerminalStreams): Pick<LoginMachine, 'askSecretly' | 'lines'> => ({
  askSecretly: async (question, signal) => {
    signal.throwIfAborted();
    return streams.input.isTTY === true ? ask(streams, question, signal) : undefined;
  },
  lines: async function* (signal) {
    const reader = createLines(streams);
    const end = (): void => {
      reader.close();
      // Nobody reads any more, so the process need not wait for more to come.
      streams.input.unref?.();
    };
    signal.addEventListener('abort', end);
    try {
      if (!signal.aborted) yield* reader;
    } finally {
      end();
    }
  },
});
