import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../src/foundation/json.ts';
import { connectorSpecification } from '../../src/config/connector-specification.ts';
import type { AirbyteMessage } from '../../src/protocol/messages.ts';
import { serialise } from '../../src/protocol/serialise.ts';
import { messageProblems } from './validate-messages.ts';

const emittedAt = 1_770_000_000_000;
const descriptor = { name: 'contacts' };
const data = { location_id: 'LOC1', id: '1' };
const stream = {
  name: 'contacts',
  json_schema: { type: 'object', properties: { id: { type: 'string' } } },
  supported_sync_modes: ['full_refresh', 'incremental'],
  source_defined_cursor: true,
  default_cursor_field: ['date_updated'],
  source_defined_primary_key: [['location_id'], ['id']],
  is_resumable: true,
} as const;
const streamState = { states: [] };

const good: readonly AirbyteMessage[] = [
  { type: 'SPEC', spec: connectorSpecification },
  { type: 'CONNECTION_STATUS', connectionStatus: { status: 'SUCCEEDED' } },
  { type: 'CONNECTION_STATUS', connectionStatus: { status: 'FAILED', message: 'Sign in again.' } },
  { type: 'CATALOG', catalog: { streams: [stream] } },
  {
    type: 'CATALOG',
    catalog: {
      streams: [
        {
          name: 'pipelines',
          json_schema: stream.json_schema,
          supported_sync_modes: ['full_refresh'],
          source_defined_primary_key: [['id']],
          is_resumable: false,
        },
      ],
    },
  },
  { type: 'RECORD', record: { stream: 'contacts', emitted_at: emittedAt, data } },
  {
    type: 'RECORD',
    record: {
      stream: 'contacts',
      emitted_at: emittedAt,
      data,
      meta: { changes: [{ field: 'dnd', change: 'NULLED', reason: 'SOURCE_SERIALIZATION_ERROR' }] },
    },
  },
  {
    type: 'STATE',
    state: {
      type: 'STREAM',
      stream: { stream_descriptor: descriptor, stream_state: streamState },
      sourceStats: { recordCount: 0 },
    },
  },
  {
    type: 'TRACE',
    trace: {
      type: 'ERROR',
      emitted_at: emittedAt,
      error: {
        message: 'a',
        internal_message: 'b',
        stack_trace: 'c',
        failure_type: 'config_error',
        stream_descriptor: descriptor,
      },
    },
  },
  {
    type: 'TRACE',
    trace: {
      type: 'STREAM_STATUS',
      emitted_at: emittedAt,
      stream_status: { stream_descriptor: descriptor, status: 'STARTED' },
    },
  },
  {
    type: 'TRACE',
    trace: {
      type: 'STREAM_STATUS',
      emitted_at: emittedAt,
      stream_status: {
        stream_descriptor: descriptor,
        status: 'RUNNING',
        reasons: [{ type: 'RATE_LIMITED', rate_limited: { quota_reset: emittedAt } }],
      },
    },
  },
  {
    type: 'LOG',
    log: { level: 'WARN', message: 'two\nlines \u2028, half an emoji \ud83d, a backslash \\ud83d' },
  },
  {
    type: 'CONTROL',
    control: {
      type: 'CONNECTOR_CONFIG',
      emitted_at: emittedAt,
      connectorConfig: {
        config: {
          credentials: {
            auth_type: 'oauth2.0',
            client_id: 'a',
            client_secret: 'b',
            access_token: 'c',
            refresh_token: 'd',
          },
        },
      },
    },
  },
];

const record = (changes: JsonObject): JsonObject => ({
  type: 'RECORD',
  record: { stream: 'contacts', emitted_at: emittedAt, data, ...changes },
});
const state = (changes: JsonObject): JsonObject => ({
  type: 'STATE',
  state: {
    type: 'STREAM',
    stream: { stream_descriptor: descriptor, stream_state: streamState },
    sourceStats: { recordCount: 1 },
    ...changes,
  },
});
const status = (changes: JsonObject): JsonObject => ({
  type: 'TRACE',
  trace: {
    type: 'STREAM_STATUS',
    emitted_at: emittedAt,
    stream_status: { stream_descriptor: descriptor, status: 'RUNNING', ...changes },
  },
});
const catalog = (changes: JsonObject): JsonObject => ({
  type: 'CATALOG',
  catalog: { streams: [{ ...stream, ...changes }] },
});

describe('a line of output', () => {
  test.each(good.map((message) => [message.type, message] as const))('may be a %s', (_, message) => {
    expect(messageProblems(serialise(message).toString('utf8').trimEnd())).toEqual([]);
  });

  test.each<[string, JsonObject]>([
    ['a type of its own', { type: 'HELLO' }],
    ['no type', { log: {} }],
    ['the content of another type', { type: 'LOG', record: {} }],
    ['an unknown key', { type: 'LOG', log: { level: 'INFO', message: 'a' }, extra: 1 }],
    ['a level the platform does not know', { type: 'LOG', log: { level: 'FINE', message: 'a' } }],
    ['a record without fields', record({ data: {} })],
    ['a record of no location', record({ data: { id: '1' } })],
    ['a record with a fraction of a millisecond', record({ emitted_at: emittedAt + 0.5 })],
    ['a record in seconds', record({ emitted_at: 1_770_000_000 })],
    ['a record with a namespace', record({ namespace: 'LOC1' })],
    ['a record without its stream', record({ stream: '' })],
    ['a change nobody reads', record({ meta: { changes: [{ field: 'a', change: 'CUT', reason: 'x' }] } })],
    ['a record with no change', record({ meta: { changes: [] } })],
    ['a global state', state({ type: 'GLOBAL' })],
    ['a legacy state', state({ type: 'LEGACY', data: {} })],
    ['a state without a count', state({ sourceStats: {} })],
    ['a state with half a record', state({ sourceStats: { recordCount: 0.5 } })],
    ['a state with less than no record', state({ sourceStats: { recordCount: -1 } })],
    ['an empty state', state({ stream: { stream_descriptor: descriptor, stream_state: {} } })],
    ['a null state', state({ stream: { stream_descriptor: descriptor, stream_state: null } })],
    ['a status of its own', status({ status: 'DONE' })],
    [
      'a reason on a stream that has ended',
      status({
        status: 'COMPLETE',
        reasons: [{ type: 'RATE_LIMITED', rate_limited: { quota_reset: emittedAt } }],
      }),
    ],
    ['a reason without its time', status({ reasons: [{ type: 'RATE_LIMITED' }] })],
    ['an estimate', { type: 'TRACE', trace: { type: 'ESTIMATE', emitted_at: emittedAt } }],
    [
      'an error without a failure type',
      { type: 'TRACE', trace: { type: 'ERROR', emitted_at: emittedAt, error: { message: 'a' } } },
    ],
    [
      'an error without words',
      {
        type: 'TRACE',
        trace: { type: 'ERROR', emitted_at: emittedAt, error: { message: '', failure_type: 'config_error' } },
      },
    ],
    [
      'a failed check without a reason',
      { type: 'CONNECTION_STATUS', connectionStatus: { status: 'FAILED' } },
    ],
    ['a catalog without streams', { type: 'CATALOG', catalog: { streams: [] } }],
    ['a stream without properties', catalog({ json_schema: { type: 'object', properties: {} } })],
    ['an incremental stream whose user picks the cursor', catalog({ source_defined_cursor: false })],
    ['an incremental stream that cannot resume', catalog({ is_resumable: false })],
    ['a stream without a key', catalog({ source_defined_primary_key: [] })],
    [
      'a specification of another protocol',
      { type: 'SPEC', spec: { ...connectorSpecification, protocol_version: '1.0.0' } },
    ],
    [
      'a specification without documentation',
      { type: 'SPEC', spec: { ...connectorSpecification, documentationUrl: 'readme' } },
    ],
    [
      'a part of the configuration',
      {
        type: 'CONTROL',
        control: {
          type: 'CONNECTOR_CONFIG',
          emitted_at: emittedAt,
          connectorConfig: { config: { credentials: { access_token: 'c' } } },
        },
      },
    ],
  ])('may not be %s', (_, message) => {
    expect(messageProblems(JSON.stringify(message))).not.toEqual([]);
  });

  test.each([
    ['', 'it is not JSON'],
    ['hello', 'it is not JSON'],
    ['{"type":"LOG"}{"type":"LOG"}', 'it is not JSON'],
    ['[]', ' must be object {"type":"object"}'],
    ['{"type":"LOG","log":{"level":"INFO","message":"\u2028"}}', 'some readers split it in two'],
    ['{"type":"LOG",\n"log":{"level":"INFO","message":""}}', 'some readers split it in two'],
    ['{"type":"LOG","log":{"level":"INFO","message":"\\ud83d"}}', 'it has half of a character'],
    [
      '{"type":"LOG","log":{"level":"INFO"}}',
      '/log must have required property \'message\' {"missingProperty":"message"}',
    ],
  ])('%j is told what is wrong with it', (line, problem) => {
    expect(messageProblems(line)).toEqual([problem]);
  });
});
