import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../src/foundation/json.ts';
import type { AirbyteMessage, FieldChange, StreamStatus } from '../../src/protocol/messages.ts';
import { judgeOrder } from './stream-order.ts';

const emittedAt = 1_770_000_000_000;
const descriptor = { name: 'contacts' };

const status = (value: StreamStatus): AirbyteMessage => ({
  type: 'TRACE',
  trace: {
    type: 'STREAM_STATUS',
    emitted_at: emittedAt,
    stream_status: { stream_descriptor: descriptor, status: value },
  },
});
const record = (changes: readonly FieldChange[] = []): AirbyteMessage => ({
  type: 'RECORD',
  record: { stream: 'contacts', emitted_at: emittedAt, data: { id: '1' }, meta: { changes } },
});
const state = (recordCount: number, content: JsonObject = { at: recordCount }): AirbyteMessage => ({
  type: 'STATE',
  state: {
    type: 'STREAM',
    stream: { stream_descriptor: descriptor, stream_state: content },
    sourceStats: { recordCount },
  },
});
const error = (failure: 'config_error' | 'transient_error' | 'system_error'): AirbyteMessage => ({
  type: 'TRACE',
  trace: { type: 'ERROR', emitted_at: emittedAt, error: { message: 'a', failure_type: failure } },
});

const [started, running, complete, incomplete] = (
  ['STARTED', 'RUNNING', 'COMPLETE', 'INCOMPLETE'] as const
).map(status);
const of = (...messages: readonly (AirbyteMessage | undefined)[]): readonly AirbyteMessage[] =>
  messages.filter((message) => message !== undefined);

describe('the order of a stream', () => {
  test.each<[string, readonly AirbyteMessage[]]>([
    ['nothing but a state', of(started, running, state(0), complete)],
    [
      'records and states',
      of(started, running, record(), state(1), running, record(), record(), state(2), complete),
    ],
    ['a failure', of(started, running, record(), state(1), incomplete, error('config_error'))],
    ['a beginning', of(started, running, record())],
    ['errors that may pass before those that do not', of(error('transient_error'), error('config_error'))],
    ['the same state again without records', of(started, running, state(0), state(0), complete)],
  ])('may be %s', (_, messages) => {
    expect(judgeOrder(messages).problems).toEqual([]);
  });

  test.each<[string, readonly AirbyteMessage[]]>([
    ['a record before its start', of(record())],
    ['a record before it runs', of(started, record())],
    ['a second start', of(started, running, started)],
    ['a state that counts too few', of(started, running, record(), record(), state(1))],
    ['a state that counts too many', of(started, running, record(), state(2))],
    ['a record after the last state', of(started, running, state(0), record(), complete)],
    ['an end without a state', of(started, running, complete)],
    ['an end without having run', of(started, incomplete)],
    ['two ends', of(started, running, state(0), complete, incomplete)],
    ['a record after the end', of(started, running, state(0), complete, record())],
    [
      'the same state again after a record',
      of(started, running, record(), state(1), record(), state(1), complete),
    ],
    ['an error before the end', of(started, running, state(0), error('config_error'), incomplete)],
    ['a config error first', of(error('config_error'), error('transient_error'))],
  ])('may not be %s', (_, messages) => {
    expect(judgeOrder(messages).problems).not.toEqual([]);
  });
});
