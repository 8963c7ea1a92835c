import type { Writable } from 'node:stream';
import type { AirbyteMessage } from './messages.ts';
import { outputError } from './reader-gone.ts';
import { serialise } from './serialise.ts';

/** Writes Airbyte messages, one JSON document a line. The only writer of standard output. */
export interface MessageEmitter {
  /**
   * Writes the messages in one piece, so that those of concurrent callers never mix, and resolves when the reader has
   * room again: await it, and a slow reader slows the whole read. Rejects when the output is closed (`isReaderGone`).
   */
  readonly emit: (...messages: readonly AirbyteMessage[]) => Promise<void>;
  /** Like `emit`, for lines that `serialise` has made, in UTF-8, when their length had to be known first. */
  readonly emitLines: (lines: Uint8Array) => Promise<void>;
  /** Resolves when everything written so far has been handed to the operating system. */
  readonly flush: () => Promise<void>;
  /** Of everything written so far, in UTF-8. */
  readonly bytesWritten: () => number;
}

interface Waiter {
  readonly until: 'drain' | 'written';
  readonly resolve: () => void;
  readonly reject: (reason: Error) => void;
}

interface WaitingRoom {
  readonly enter: (waiter: Waiter) => void;
  readonly leave: (waiter: Waiter) => void;
  readonly failure: () => Error | undefined;
}

/** Everyone who waits for the output; one listener of each event serves them all, however many they are. */
const createWaitingRoom = (output: Writable): WaitingRoom => {
  const waiters = new Set<Waiter>();
  let failure: Error | undefined;
  const fail = (thrown?: Error): void => {
    const reason = (failure ??= outputError(thrown));
    for (const waiter of waiters) waiter.reject(reason);
    waiters.clear();
  };
  output.on('drain', () => {
    for (const waiter of waiters) {
      if (waiter.until !== 'drain') continue;
      waiters.delete(waiter);
      waiter.resolve();
    }
  });
  // Without this listener an EPIPE would end the process with a stack trace.
  output.on('error', fail);
  output.on('close', () => {
    fail();
  });
  return {
    enter: (waiter) => void waiters.add(waiter),
    leave: (waiter) => void waiters.delete(waiter),
    failure: () => failure ?? (output.writable ? undefined : outputError()),
  };
};

export const createMessageEmitter = (output: Writable): MessageEmitter => {
  const room = createWaitingRoom(output);
  let bytesWritten = 0;

  const emitLines = (lines: Uint8Array): Promise<void> =>
    new Promise((resolve, reject) => {
      const failure = room.failure();
      if (failure !== undefined) {
        reject(failure);
        return;
      }
      bytesWritten += lines.byteLength;
      if (output.write(lines)) resolve();
      else room.enter({ until: 'drain', resolve, reject });
    });

  const flush = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const failure = room.failure();
      if (failure !== undefined) {
        reject(failure);
        return;
      }
      const waiter: Waiter = { until: 'written', resolve, reject };
      room.enter(waiter);
      // The callback of an empty write comes after those of everything written before it.
      output.write('', (thrown) => {
        room.leave(waiter);
        if (thrown instanceof Error) reject(outputError(thrown));
        else resolve();
      });
    });

  return {
    emit: async (...messages) => {
      if (messages.length > 0) await emitLines(serialise(...messages));
    },
    emitLines,
    flush,
    bytesWritten: () => bytesWritten,
  };
};
