import { createRecordCheck, judgeRun } from '../../integration_tests/support/judge-run.ts';
import {
  errorsOf,
  messagesOf,
  parseMessages,
  streamsOf,
} from '../../integration_tests/support/messages-of.ts';
import { type ConnectorInputs, runConnector } from '../../integration_tests/support/run-connector.ts';
import { isJsonObject, type JsonObject } from '../../src/foundation/json.ts';
import type { AirbyteMessage, AirbyteStream, StateMessage } from '../../src/protocol/messages.ts';

export interface Sync {
  readonly records: (stream: string) => readonly JsonObject[];
  /** True if the connector handed over a new config: HighLevel replaces the refresh token at every use. */
  readonly isConfigReplaced: boolean;
  /** How long the connector ran. */
  readonly seconds: number;
  /** Size of the state that the next sync starts from. */
  readonly stateBytes: number;
}

/**
 * What Airbyte does around a connector: runs its commands, checks every message, and keeps its config and its state
 * between the runs. Each command throws an Error when it fails, or when it prints something that it must not.
 */
export interface Platform {
  readonly spec: () => Promise<JsonObject>;
  readonly check: () => Promise<void>;
  readonly discover: () => Promise<readonly AirbyteStream[]>;
  /** Syncs the streams from the last state, incrementally where they can. */
  readonly read: (streams: readonly AirbyteStream[]) => Promise<Sync>;
}

interface Execution {
  readonly messages: readonly AirbyteMessage[];
  readonly seconds: number;
}

const SECRETS = ['client_secret', 'access_token', 'refresh_token'];

const configured = (stream: AirbyteStream): JsonObject => {
  const isIncremental = stream.supported_sync_modes.includes('incremental');
  return {
    stream: { ...stream },
    sync_mode: isIncremental ? 'incremental' : 'full_refresh',
    destination_sync_mode: isIncremental ? 'append_dedup' : 'overwrite',
    primary_key: stream.source_defined_primary_key,
    cursor_field: stream.default_cursor_field ?? [],
  };
};

const secretsOf = ({ credentials }: JsonObject): readonly string[] =>
  Object.entries(isJsonObject(credentials) ? credentials : {}).flatMap(([name, value]) =>
    SECRETS.includes(name) && typeof value === 'string' ? [value] : [],
  );

/** @throws Error unless the command succeeded and printed what the protocol allows, in order and without a secret */
const execute = async (
  command: string,
  { config, inputs = {} }: { readonly config: JsonObject; readonly inputs?: ConnectorInputs },
  streams?: readonly AirbyteStream[],
): Promise<Execution> => {
  const startedAt = performance.now();
  const output = await runConnector(command, inputs);
  const seconds = (performance.now() - startedAt) / 1000;
  const read = streams && { selected: streams.map(({ name }) => name), check: createRecordCheck(streams) };
  const problems = judgeRun({ output, secrets: secretsOf(config), isCut: false }, read);
  const messages = problems.length === 0 ? parseMessages(output.lines) : [];
  const errors = errorsOf(messages).map(({ message }) => message);
  if (problems.length === 0 && errors.length === 0) return { messages, seconds };
  throw new Error([`\`${command}\` failed:`, ...problems, ...errors].join('\n  '));
};

export const createPlatform = (firstConfig: JsonObject): Platform => {
  let config = firstConfig;
  const states = new Map<string, StateMessage['state']>();
  const run = async (
    command: string,
    inputs: ConnectorInputs = {},
    streams?: readonly AirbyteStream[],
  ): Promise<Execution> => {
    const execution = await execute(
      command,
      { config, inputs: { config: { json: config }, ...inputs } },
      streams,
    );
    const { messages } = execution;
    for (const { control } of messagesOf(messages, 'CONTROL')) config = control.connectorConfig.config;
    for (const { state } of messagesOf(messages, 'STATE'))
      states.set(state.stream.stream_descriptor.name, state);
    return execution;
  };
  return {
    spec: async () => {
      const { messages } = await execute('spec', { config });
      const [message] = messagesOf(messages, 'SPEC');
      if (message === undefined) throw new Error('`spec` printed no specification');
      return message.spec;
    },
    check: async () => {
      const { messages } = await run('check');
      const [message] = messagesOf(messages, 'CONNECTION_STATUS');
      if (message?.connectionStatus.status === 'SUCCEEDED') return;
      throw new Error(`\`check\` found that the connection does not work: ${JSON.stringify(message)}`);
    },
    discover: async () => streamsOf((await run('discover')).messages),
    read: async (streams) => {
      const before = config;
      const catalog = { json: { streams: streams.map(configured) } };
      const state = states.size === 0 ? {} : { state: { json: [...states.values()] } };
      const { messages, seconds } = await run('read', { catalog, ...state }, streams);
      const records = messagesOf(messages, 'RECORD').map(({ record }) => record);
      return {
        records: (name) => records.filter(({ stream }) => stream === name).map(({ data }) => data),
        seconds,
        isConfigReplaced: config !== before,
        stateBytes: Buffer.byteLength(JSON.stringify([...states.values()])),
      };
    },
  };
};
