import { expect, test } from '@jest/globals';
import type { AirbyteMessage } from '../protocol/messages.ts';
import { createEstimateWriter } from './estimate-writer.ts';

const open = () => {
  const messages: AirbyteMessage[] = [];
  const emit = (...some: readonly AirbyteMessage[]): Promise<void> => {
    messages.push(...some);
    return Promise.resolve();
  };
  return { writer: createEstimateWriter('contacts', { emit }, () => 1000), messages };
};

test('nothing is told while nothing is known', async () => {
  const { writer, messages } = open();
  await writer.write({ rows: 5, bytes: 50 });
  expect(messages).toEqual([]);
});

test('rows of several locations are told together, with the bytes that the rows so far let expect', async () => {
  const { writer, messages } = open();
  writer.add(100);
  writer.add(300);
  await writer.write({ rows: 10, bytes: 55 });
  expect(messages).toEqual([
    {
      type: 'TRACE',
      trace: {
        type: 'ESTIMATE',
        emitted_at: 1000,
        estimate: { name: 'contacts', type: 'STREAM', row_estimate: 400, byte_estimate: 2200 },
      },
    },
  ]);
});

test('a little more is not worth a message, much more is', async () => {
  const { writer, messages } = open();
  writer.add(1000);
  await writer.write({ rows: 0, bytes: 0 });
  writer.add(50);
  await writer.write({ rows: 0, bytes: 0 });
  expect(messages).toHaveLength(1);
  writer.add(50);
  await writer.write({ rows: 0, bytes: 0 });
  expect(messages).toHaveLength(2);
});
