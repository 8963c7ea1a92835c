import { type JsonObject, textAt } from '../../src/foundation/json.ts';
import type { AirbyteMessage, AirbyteStream, SyncMode } from '../../src/protocol/messages.ts';
import type { Call } from '../simulator/call.ts';
import type { ConfigKind } from '../simulator/connector-config.ts';
import type { HighLevel } from './highlevel.ts';
import { createRecordCheck, judgeRun, type RecordCheck } from './judge-run.ts';
import { secretsOfConfig } from './known-secrets.ts';
import { errorsOf, type ErrorOfTrace, messagesOf, parseMessages, streamsOf } from './messages-of.ts';
import {
  type ConnectorInputs,
  type ConnectorOutput,
  runConnector,
  type RunOptions,
} from './run-connector.ts';
import { judgeOrder } from './stream-order.ts';

/** Which streams to sync, and how. */
export type Selection = Readonly<Record<string, SyncMode | 'INVALID'>>;

/** One run of a command, found free of what no scenario allows. */
export interface Run extends ConnectorOutput {
  readonly messages: readonly AirbyteMessage[];
  readonly errors: readonly ErrorOfTrace[];
  readonly warnings: readonly string[];
  /** What HighLevel was asked meanwhile. */
  readonly calls: readonly Call[];
  readonly records: (stream: string) => readonly JsonObject[];
  readonly states: (stream: string) => readonly JsonObject[];
  /** How the stream ended; undefined if it did not. */
  readonly end: (stream: string) => 'COMPLETE' | 'INCOMPLETE' | undefined;
}

/** `cut`: the scenario kills the process or goes away, so the output may end anywhere. */
export type ReadOptions = RunOptions & { readonly cut?: boolean; readonly inputs?: ConnectorInputs };

/** A connection as the platform keeps it: the config, which the connector may replace, and the last state of each stream. */
export interface Connection {
  readonly config: () => JsonObject;
  readonly configure: (settings: JsonObject) => void;
  readonly states: () => ReadonlyMap<string, JsonObject>;
  readonly setState: (stream: string, state: JsonObject) => void;
  readonly reset: () => void;
  readonly check: (options?: ReadOptions) => Promise<Run>;
  readonly discover: (options?: ReadOptions) => Promise<Run>;
  readonly read: (selection: Selection, options?: ReadOptions) => Promise<Run>;
}

interface Discovered {
  readonly streams: readonly AirbyteStream[];
  readonly check: RecordCheck;
}

let discovered: Promise<Discovered> | undefined;

/** What `discover` prints for credentials that do not say their scopes, and a wish for the costly ones: every stream. */
const discoverAll = (): Promise<Discovered> =>
  (discovered ??= (async () => {
    const credentials = { auth_type: 'private_integration_token', location_tokens: 'LOC pit-1' };
    const costly = ['contact_notes', 'contact_attributions'];
    const output = await runConnector('discover', {
      config: { json: { credentials, costly_streams: costly } },
    });
    const streams = streamsOf(parseMessages(output.lines));
    return { streams, check: createRecordCheck(streams) };
  })());

export const discoveredStreams = async (): Promise<readonly AirbyteStream[]> => (await discoverAll()).streams;

const configuredStream = (streams: readonly AirbyteStream[], name: string, mode: string): JsonObject => {
  const stream = streams.find((candidate) => candidate.name === name);
  const described: JsonObject = stream === undefined ? { name, json_schema: {} } : { ...stream };
  return {
    stream: described,
    sync_mode: mode,
    destination_sync_mode: 'append_dedup',
    cursor_field: [...(stream?.default_cursor_field ?? [])],
    primary_key: stream?.source_defined_primary_key ?? [],
    generation_id: 1,
    minimum_generation_id: 0,
    sync_id: 1,
  };
};

export const configuredCatalog = async (selection: Selection): Promise<JsonObject> => {
  const streams = await discoveredStreams();
  return {
    streams: Object.entries(selection).map(([name, mode]) => configuredStream(streams, name, mode)),
  };
};

/** With what platforms add on the way. */
export const stateFile = (states: ReadonlyMap<string, JsonObject>): JsonObject[] =>
  [...states].map(([name, state], id) => ({
    type: 'STREAM',
    stream: { stream_descriptor: { name, namespace: null }, stream_state: state },
    global_: null,
    data: null,
    sourceStats: { recordCount: 1 },
    id,
  }));

const toRun = (
  output: ConnectorOutput,
  messages: readonly AirbyteMessage[],
  calls: readonly Call[],
): Run => ({
  ...output,
  messages,
  calls,
  errors: errorsOf(messages),
  warnings: messagesOf(messages, 'LOG')
    .filter(({ log }) => log.level === 'WARN')
    .map(({ log }) => log.message),
  records: (stream) =>
    messagesOf(messages, 'RECORD')
      .filter(({ record }) => record.stream === stream)
      .map(({ record }) => record.data),
  states: (stream) =>
    messagesOf(messages, 'STATE')
      .filter(({ state }) => state.stream.stream_descriptor.name === stream)
      .map(({ state }) => state.stream.stream_state),
  end: (stream) => judgeOrder(messages).ends.get(stream),
});

const rejectProblems = (problems: readonly string[], { lines }: ConnectorOutput): void => {
  if (problems.length === 0) return;
  const tail = lines.slice(-6).map((line) => line.slice(0, 250));
  throw new Error(`${problems.join('\n')}\n\nThe last lines were:\n${tail.join('\n')}`);
};

export interface ConnectionOptions {
  readonly kind?: ConfigKind;
  readonly settings?: JsonObject;
}

/** Everything a run prints is judged before the scenario sees it. @throws Error that says what was wrong */
export const connect = (
  highLevel: HighLevel,
  { kind = 'oauth', settings = {} }: ConnectionOptions = {},
): Connection => {
  let config = highLevel.served.connectorConfig(kind, settings);
  const states = new Map<string, JsonObject>();
  const keep = (messages: readonly AirbyteMessage[]): void => {
    for (const { state } of messagesOf(messages, 'STATE'))
      states.set(state.stream.stream_descriptor.name, state.stream.stream_state);
    for (const { control } of messagesOf(messages, 'CONTROL')) config = control.connectorConfig.config;
  };
  const execute = async (command: string, options: ReadOptions, selection?: Selection): Promise<Run> => {
    const before = { calls: highLevel.simulator.calls.length, secrets: secretsOfConfig(config) };
    const { check } = await discoverAll();
    const files: ConnectorInputs = {
      config: { json: config },
      ...(selection !== undefined && {
        catalog: { json: await configuredCatalog(selection) },
        state: { json: stateFile(states) },
      }),
      ...options.inputs,
    };
    const output = await runConnector(command, files, options);
    const secrets = [...before.secrets, ...highLevel.secrets()];
    const read = selection && { selected: Object.keys(selection), check };
    rejectProblems(judgeRun({ output, secrets, isCut: options.cut === true }, read), output);
    const messages = parseMessages(output.lines);
    keep(messages);
    return toRun(output, messages, highLevel.simulator.calls.slice(before.calls));
  };
  return {
    config: () => config,
    configure: (changed) => {
      config = { ...config, ...changed };
    },
    states: () => states,
    setState: (stream, state) => void states.set(stream, state),
    reset: () => {
      states.clear();
    },
    check: (options = {}) => execute('check', options),
    discover: (options = {}) => execute('discover', options),
    read: (selection, options = {}) => execute('read', options, selection),
  };
};

/** The status and message of a check. */
export const checkResult = ({ messages }: Run): { readonly status: string; readonly message: string } => {
  const [first] = messagesOf(messages, 'CONNECTION_STATUS');
  const status: JsonObject = first === undefined ? {} : { ...first.connectionStatus };
  return { status: textAt(status, 'status') ?? 'none', message: textAt(status, 'message') ?? '' };
};
