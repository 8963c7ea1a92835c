import { PassThrough, Writable } from 'node:stream';
import { expect, test } from '@jest/globals';
import { systemError, toConnectorError } from '../foundation/errors.ts';
import { createMessageEmitter } from './emitter.ts';
import type { AirbyteMessage } from './messages.ts';
import { isReaderGone } from './reader-gone.ts';
import { serialise } from './serialise.ts';

const log = (message: string): AirbyteMessage => ({ type: 'LOG', log: { level: 'INFO', message } });

/** An output whose reader takes one write at a time, when told to. */
const slowOutput = (): { output: Writable; chunks: string[]; takeOne: () => void } => {
  const chunks: string[] = [];
  const callbacks: (() => void)[] = [];
  const output = new Writable({
    highWaterMark: 1,
    decodeStrings: false,
    write: (chunk, _encoding, callback) => {
      chunks.push(String(chunk));
      callbacks.push(callback);
    },
  });
  return { output, chunks, takeOne: () => callbacks.shift()?.() };
};

/** Whether a promise is settled once everything that can run has run. */
const settled = async (promise: Promise<unknown>): Promise<boolean> => {
  let done = false;
  const finish = (): void => {
    done = true;
  };
  promise.then(finish, finish);
  await new Promise(setImmediate);
  return done;
};

const failure = async (promise: Promise<unknown>): Promise<unknown> => {
  try {
    await promise;
  } catch (thrown) {
    return thrown;
  }
  return undefined;
};

test('messages of one call are written in one piece, one line each', async () => {
  const { output, chunks } = slowOutput();
  void createMessageEmitter(output).emit(log('a'), log('b'));
  await new Promise(setImmediate);
  expect(chunks).toEqual([serialise(log('a'), log('b')).toString('utf8')]);
});

test('no message is no write', async () => {
  const { output, chunks } = slowOutput();
  await createMessageEmitter(output).emit();
  expect(chunks).toEqual([]);
});

test('emit waits until the reader has room', async () => {
  const { output, takeOne } = slowOutput();
  const emitting = createMessageEmitter(output).emit(log('a'));
  await expect(settled(emitting)).resolves.toBe(false);
  takeOne();
  await expect(settled(emitting)).resolves.toBe(true);
});

test('a hundred callers wait with one listener, and all go on', async () => {
  const { output, takeOne } = slowOutput();
  const emitter = createMessageEmitter(output);
  const all = Promise.all(Array.from({ length: 100 }, (_, index) => emitter.emit(log(String(index)))));
  expect(output.listenerCount('drain')).toBe(1);
  for (let taken = 0; taken < 100; taken += 1) {
    takeOne();
    await new Promise(setImmediate);
  }
  await expect(settled(all)).resolves.toBe(true);
});

test('flush waits for everything written so far, and for no more', async () => {
  const { output, takeOne } = slowOutput();
  const emitter = createMessageEmitter(output);
  void emitter.emit(log('a'));
  const flushing = emitter.flush();
  await expect(settled(flushing)).resolves.toBe(false);
  takeOne();
  await new Promise(setImmediate);
  takeOne();
  await expect(settled(flushing)).resolves.toBe(true);
});

test('bytes are counted in UTF-8', async () => {
  const emitter = createMessageEmitter(new PassThrough());
  await emitter.emitLines(Buffer.from('é\n'));
  await emitter.emitLines(Buffer.from('€\n'));
  expect(emitter.bytesWritten()).toBe(3 + 4);
});

test('a reader that goes away ends every wait, and every later call, with the error that says so', async () => {
  const { output } = slowOutput();
  const emitter = createMessageEmitter(output);
  const waiting = [
    failure(emitter.emit(log('a'))),
    failure(emitter.emit(log('b'))),
    failure(emitter.flush()),
  ];
  output.destroy(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
  const thrown = [
    ...(await Promise.all(waiting)),
    await failure(emitter.emit(log('c'))),
    await failure(emitter.flush()),
  ];
  expect(thrown.map(isReaderGone)).toEqual([true, true, true, true, true]);
});

test.each([
  ['destroyed without an error', (output: Writable) => output.destroy()],
  ['ended', (output: Writable) => output.end()],
])('an output that is %s does not leave anyone waiting', async (_, close) => {
  const output = new PassThrough();
  const emitter = createMessageEmitter(output);
  close(output);
  expect(isReaderGone(await failure(emitter.emit(log('a'))))).toBe(true);
});

test('a reader that is gone is recognised behind another error', async () => {
  const output = new PassThrough();
  const emitter = createMessageEmitter(output);
  output.destroy();
  const thrown = await failure(emitter.emit(log('a')));
  expect(isReaderGone(toConnectorError(thrown))).toBe(true);
  expect(isReaderGone(systemError('other'))).toBe(false);
  expect(isReaderGone('EPIPE')).toBe(false);
});

test('a full disk is a failure, not a reader that went away', async () => {
  const output = new PassThrough();
  const emitter = createMessageEmitter(output);
  output.destroy(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }));
  await new Promise(setImmediate);
  const thrown = await failure(emitter.emit(log('a')));
  expect(isReaderGone(thrown)).toBe(false);
  expect(toConnectorError(thrown)).toMatchObject({
    failureType: 'system_error',
    internalMessage: 'no space left on device',
  });
});
