import type { JsonObject } from '../../src/foundation/json.ts';
import type { AirbyteStream } from '../../src/protocol/messages.ts';

/** Two small streams, for what rules have to accept and to refuse. */
export const STREAMS: readonly AirbyteStream[] = ['contacts', 'tags'].map((name) => ({
  name,
  json_schema: {
    type: 'object',
    properties: {
      location_id: { type: 'string' },
      id: { type: 'string' },
      amount: { type: ['null', 'integer'] },
      date_added: { type: ['null', 'string'], format: 'date-time' },
      owner: { type: ['null', 'object'], properties: { name: { type: ['null', 'string'] } } },
    },
  },
  supported_sync_modes: ['full_refresh', 'incremental'],
  default_cursor_field: ['date_added'],
  source_defined_primary_key: [['location_id'], ['id']],
  is_resumable: true,
}));

export const recordOf = (stream: string, id: string, more: JsonObject = {}, emittedAt = 1): JsonObject => ({
  type: 'RECORD',
  record: {
    stream,
    emitted_at: emittedAt,
    data: { location_id: 'L', id, amount: 7, date_added: '2024-01-31T00:00:00Z', ...more },
  },
});

export const statusOf = (stream: string, status: string): JsonObject => ({
  type: 'TRACE',
  trace: {
    type: 'STREAM_STATUS',
    emitted_at: 1,
    stream_status: { stream_descriptor: { name: stream }, status },
  },
});

export const stateOf = (stream: string, recordCount: number): JsonObject => ({
  type: 'STATE',
  state: {
    type: 'STREAM',
    stream: { stream_descriptor: { name: stream }, stream_state: { done: recordCount } },
    sourceStats: { recordCount },
  },
});

/** One stream from its start to its end, with a record and a state. */
export const streamRead = (stream: string): readonly JsonObject[] => [
  statusOf(stream, 'STARTED'),
  statusOf(stream, 'RUNNING'),
  recordOf(stream, '1'),
  stateOf(stream, 1),
  statusOf(stream, 'COMPLETE'),
];

export const linesOf = (messages: readonly JsonObject[]): readonly string[] =>
  messages.map((message) => JSON.stringify(message));
