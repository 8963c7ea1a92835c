import { expect, test } from '@jest/globals';
import { createAirbyteLogger, type LogThreshold } from './logger.ts';
import type { AirbyteMessage } from './messages.ts';

const redact = (text: string): string => text.replaceAll('s3cret', '****');

const collecting = (): {
  messages: AirbyteMessage[];
  emit: (...batch: readonly AirbyteMessage[]) => Promise<void>;
} => {
  const messages: AirbyteMessage[] = [];
  return {
    messages,
    emit: (...batch) => {
      messages.push(...batch);
      return Promise.resolve();
    },
  };
};

const levelsShown = async (level: LogThreshold): Promise<readonly string[]> => {
  const emitter = collecting();
  const logger = createAirbyteLogger({ emitter, level, redact });
  for (const at of ['debug', 'info', 'warn', 'error'] as const) logger[at](at);
  await logger.drained();
  return emitter.messages.map((message) => (message.type === 'LOG' ? message.log.level : message.type));
};

test.each([
  ['debug', ['DEBUG', 'INFO', 'WARN', 'ERROR']],
  ['info', ['INFO', 'WARN', 'ERROR']],
  ['warn', ['WARN', 'ERROR']],
  ['error', ['ERROR']],
] as const)('from %s on, messages go out in their order', async (level, expected) => {
  await expect(levelsShown(level)).resolves.toEqual(expected);
});

test('a message goes out as a LOG line with its secrets hidden, and as it is otherwise', async () => {
  const emitter = collecting();
  const logger = createAirbyteLogger({ emitter, level: 'info', redact });
  logger.warn('token s3cret refused: 100 %s\nof it');
  await logger.drained();
  expect(emitter.messages).toEqual([
    { type: 'LOG', log: { level: 'WARN', message: 'token **** refused: 100 %s\nof it' } },
  ]);
});

test('drained waits for an emitter that is slow', async () => {
  let release = (): void => undefined;
  const stalled = new Promise<void>((resolve) => {
    release = resolve;
  });
  const logger = createAirbyteLogger({ emitter: { emit: () => stalled }, level: 'info', redact });
  for (let count = 0; count < 40; count += 1) logger.info(String(count));
  let drained = false;
  const draining = logger.drained().then(() => {
    drained = true;
  });
  await new Promise(setImmediate);
  expect(drained).toBe(false);
  release();
  await draining;
  expect(drained).toBe(true);
});

test('an emitter that fails hurts neither who logs nor who waits', async () => {
  const emitter = { emit: () => Promise.reject(new Error('the reader went away')) };
  const logger = createAirbyteLogger({ emitter, level: 'info', redact });
  logger.info('one');
  logger.error('two');
  await expect(logger.drained()).resolves.toBeUndefined();
  logger.info('three');
  await expect(logger.drained()).resolves.toBeUndefined();
});

test('an empty log is drained', async () => {
  const logger = createAirbyteLogger({ emitter: collecting(), level: 'info', redact });
  logger.debug('not shown');
  await expect(logger.drained()).resolves.toBeUndefined();
});
