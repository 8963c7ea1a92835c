import { Writable } from 'node:stream';
import { expect, test } from '@jest/globals';
import { createMessageEmitter } from './emitter.ts';
import type { AirbyteMessage } from './messages.ts';
import { createSideEmitter } from './side-emitter.ts';

const keeper = () => {
  let text = '';
  const writable = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      text += chunk.toString();
      done();
    },
  });
  return { writable, text: () => text };
};

const emitted = async (message: AirbyteMessage) => {
  const output = keeper();
  const aside = keeper();
  await createSideEmitter(createMessageEmitter(output.writable), aside.writable).emit(message);
  return { output: output.text(), aside: aside.text() };
};

test('log lines go aside in words', async () => {
  expect(await emitted({ type: 'LOG', log: { level: 'WARN', message: 'Slow.' } })).toEqual({
    output: '',
    aside: 'WARN Slow.\n',
  });
});

test('errors go aside with what a maintainer needs', async () => {
  const error = { message: 'No.', internal_message: 'GET /x: 400', failure_type: 'config_error' } as const;
  expect(await emitted({ type: 'TRACE', trace: { type: 'ERROR', emitted_at: 1, error } })).toEqual({
    output: '',
    aside: 'ERROR No. (GET /x: 400)\n',
  });
});

test('renewed tokens go to the output, where whoever runs the command can find them', async () => {
  const connectorConfig = { config: { refresh: 'r2' } };
  const control = { type: 'CONNECTOR_CONFIG', emitted_at: 1, connectorConfig } as const;
  const { output, aside } = await emitted({ type: 'CONTROL', control });
  expect(JSON.parse(output)).toMatchObject({ type: 'CONTROL', control });
  expect(aside).toBe('');
});

test('nobody who reads the log is no reason to end', async () => {
  const gone = new Writable({
    write: (_chunk, _encoding, done) => {
      done(new Error('write EPIPE'));
    },
  });
  const output = keeper();
  const emitter = createSideEmitter(createMessageEmitter(output.writable), gone);
  await emitter.emit({ type: 'LOG', log: { level: 'INFO', message: 'Heard by nobody.' } });
  await new Promise(setImmediate);
  await emitter.emitLines(Buffer.from('the plan\n'));
  expect(output.text()).toBe('the plan\n');
});
