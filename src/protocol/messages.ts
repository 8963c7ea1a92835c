import type { FailureType } from '../foundation/errors.ts';
import type { JsonObject, JsonValue } from '../foundation/json.ts';

export type SyncMode = 'full_refresh' | 'incremental';
export type LogLevel = 'ERROR' | 'WARN' | 'INFO' | 'DEBUG';
export type StreamStatus = 'STARTED' | 'RUNNING' | 'COMPLETE' | 'INCOMPLETE';

interface StreamDescriptor {
  readonly name: string;
}

/** A stream as the catalog of `discover` describes it. */
export interface AirbyteStream {
  readonly name: string;
  readonly json_schema: JsonObject;
  readonly supported_sync_modes: readonly SyncMode[];
  readonly source_defined_cursor?: boolean;
  readonly default_cursor_field?: readonly string[];
  readonly source_defined_primary_key: readonly (readonly string[])[];
  readonly is_resumable: boolean;
}

/** A field that had to be emptied or cut to fit the schema. */
export interface FieldChange {
  readonly field: string;
  readonly change: 'NULLED' | 'TRUNCATED';
  readonly reason: 'SOURCE_SERIALIZATION_ERROR' | 'SOURCE_FIELD_SIZE_LIMITATION' | 'SOURCE_RETRIEVAL_ERROR';
}

/** Values by column; what is undefined is not printed. */
export type RecordData = Readonly<Record<string, JsonValue | undefined>>;

export interface RecordMessage<Data extends RecordData = JsonObject> {
  readonly type: 'RECORD';
  readonly record: {
    readonly stream: string;
    /** Epoch milliseconds, an integer: PyAirbyte drops a record whose time has a fraction. */
    readonly emitted_at: number;
    readonly data: Data;
    readonly meta?: { readonly changes: readonly FieldChange[] };
  };
}

export interface StateMessage {
  readonly type: 'STATE';
  readonly state: {
    readonly type: 'STREAM';
    readonly stream: { readonly stream_descriptor: StreamDescriptor; readonly stream_state: JsonObject };
    /** Records of this stream since its previous state. */
    readonly sourceStats: { readonly recordCount: number };
  };
}

export interface RateLimitedReason {
  readonly type: 'RATE_LIMITED';
  /** Epoch milliseconds from which on the API may be asked again. */
  readonly rate_limited: { readonly quota_reset: number };
}

interface ErrorTrace {
  readonly type: 'ERROR';
  readonly emitted_at: number;
  readonly error: {
    readonly message: string;
    readonly internal_message?: string;
    readonly stack_trace?: string;
    readonly failure_type: FailureType;
    readonly stream_descriptor?: StreamDescriptor;
  };
}

interface StreamStatusTrace {
  readonly type: 'STREAM_STATUS';
  readonly emitted_at: number;
  readonly stream_status: {
    readonly stream_descriptor: StreamDescriptor;
    readonly status: StreamStatus;
    readonly reasons?: readonly RateLimitedReason[];
  };
}

/** How much a stream is taken to be; a later one takes the place of the earlier. */
interface EstimateTrace {
  readonly type: 'ESTIMATE';
  readonly emitted_at: number;
  readonly estimate: {
    readonly name: string;
    readonly type: 'STREAM';
    readonly row_estimate: number;
    readonly byte_estimate?: number;
  };
}

export interface TraceMessage {
  readonly type: 'TRACE';
  readonly trace: ErrorTrace | StreamStatusTrace | EstimateTrace;
}

export type ConnectionStatus =
  { readonly status: 'SUCCEEDED' } | { readonly status: 'FAILED'; readonly message: string };

/** Everything the connector ever writes to standard output. */
export type AirbyteMessage =
  | RecordMessage
  | StateMessage
  | TraceMessage
  | { readonly type: 'SPEC'; readonly spec: JsonObject }
  | {
      readonly type: 'CONNECTION_STATUS';
      readonly connectionStatus: ConnectionStatus;
    }
  | { readonly type: 'CATALOG'; readonly catalog: { readonly streams: readonly AirbyteStream[] } }
  | { readonly type: 'LOG'; readonly log: { readonly level: LogLevel; readonly message: string } }
  | {
      readonly type: 'CONTROL';
      readonly control: {
        readonly type: 'CONNECTOR_CONFIG';
        readonly emitted_at: number;
        readonly connectorConfig: { readonly config: JsonObject };
      };
    };
