import type { JsonObject } from '../../src/foundation/json.ts';
import type { AirbyteStream, SyncMode } from '../../src/protocol/messages.ts';
import { createRecordCheck, judgeRun } from '../support/judge-run.ts';
import { secretsOfConfig } from '../support/known-secrets.ts';
import { parseMessages, streamsOf } from '../support/messages-of.ts';
import type { ConnectorOutput } from '../support/run-connector.ts';
import { type LaunchInputs, launch } from './launcher.ts';
import { objectAt, objectsAt, type RawMessages, rawMessages, statesByStream } from './raw-messages.ts';

/** What a command printed, found to be Airbyte's protocol. */
export interface Printed extends ConnectorOutput {
  readonly messages: RawMessages;
}

type Command = Parameters<typeof launch>[0];

/** @throws Error when a line is no message, or the command ends as none may */
export const run = async (command: Command, inputs: LaunchInputs = {}): Promise<Printed> => {
  const output = await launch(command, inputs);
  const problems = judgeRun({ output, secrets: secretsOfConfig(inputs.config), isCut: false });
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return { ...output, messages: rawMessages(output.lines) };
};

export const discover = async (config: JsonObject): Promise<readonly AirbyteStream[]> =>
  streamsOf(parseMessages((await run('discover', { config })).lines));

/** How a stream is to be synced. */
export interface Choice {
  readonly stream: AirbyteStream;
  readonly mode: SyncMode | 'INVALID';
  /** @default 'append' */
  readonly destination?: string;
}

export const choose = (
  streams: readonly AirbyteStream[],
  mode: SyncMode,
  destination?: string,
): readonly Choice[] =>
  streams
    .filter((stream) => stream.supported_sync_modes.includes(mode))
    .map((stream) => ({ stream, mode, ...(destination !== undefined && { destination }) }));

/** As Airbyte's tests write it: with the schemas, and the key and the cursor that the source defines. */
export const catalogOf = (choices: readonly Choice[]): JsonObject => ({
  streams: choices.map(({ stream, mode, destination = 'append' }) => ({
    stream: { ...stream },
    sync_mode: mode,
    destination_sync_mode: destination,
    cursor_field: stream.default_cursor_field ?? [],
    primary_key: stream.source_defined_primary_key,
  })),
});

/** A read that has to succeed. @throws Error when it does not, or breaks the protocol */
export const read = async (
  config: JsonObject,
  choices: readonly Choice[],
  state?: RawMessages,
): Promise<Printed> => {
  const inputs = { config, catalog: catalogOf(choices), ...(state !== undefined && { state }) };
  const output = await launch('read', inputs);
  const streams = choices.map(({ stream }) => stream);
  const problems = judgeRun(
    { output, secrets: secretsOfConfig(config), isCut: false },
    { selected: streams.map(({ name }) => name), check: createRecordCheck(streams) },
  );
  if (output.exitCode !== 0 || problems.length > 0) {
    throw new Error([...problems, ...output.lines.slice(-3).map((line) => line.slice(0, 500))].join('\n'));
  }
  return { ...output, messages: rawMessages(output.lines) };
};

const stateInput = (name: string, state: JsonObject): JsonObject => ({
  type: 'STREAM',
  stream: { stream_descriptor: { name }, stream_state: objectAt(state, 'stream', 'stream_state') },
});

/** The states of a read as Airbyte's tests give them back: each stream's last, or the one that `pick` chooses. */
export const statesOf = (
  messages: RawMessages,
  pick: (states: RawMessages) => JsonObject | undefined = (states) => states.at(-1),
): RawMessages =>
  [...statesByStream(messages)].flatMap(([name, states]) => {
    const state = pick(states);
    return state === undefined ? [] : [stateInput(name, state)];
  });

/** The one message of a type. @throws RangeError when there is none, or more than one */
export const onlyMessage = ({ messages }: Printed, type: string): JsonObject => {
  const [message, ...others] = messages.filter((candidate) => candidate['type'] === type);
  if (message !== undefined && others.length === 0) return message;
  throw new RangeError(`There are ${others.length + (message === undefined ? 0 : 1)} messages ${type}.`);
};

/** The streams as they are in a CATALOG message. */
export const rawStreams = (printed: Printed): readonly JsonObject[] =>
  objectsAt(objectAt(onlyMessage(printed, 'CATALOG'), 'catalog'), 'streams');
