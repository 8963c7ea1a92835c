import type { AirbyteMessage } from '../../src/protocol/messages.ts';
import { parseMessages } from '../support/messages-of.ts';
import type { AttemptOutput } from './machine.ts';
import { openInProcess, type OpenScene } from './scene.ts';

/** Makes of a good output one that a connector with a certain mistake would have printed. */
export type Tamper = (output: AttemptOutput) => AttemptOutput;

/** A connector with a mistake, to see that it is found. */
export const tampering =
  (tamper: Tamper): OpenScene =>
  async (schedule) => {
    const scene = await openInProcess(schedule);
    return {
      ...scene,
      machine: {
        run: async (inputs, attempt, hooks) => tamper(await scene.machine.run(inputs, attempt, hooks)),
      },
    };
  };

const withMessages = (output: AttemptOutput, messages: readonly AirbyteMessage[]): AttemptOutput => ({
  ...output,
  lines: messages.map((message) => JSON.stringify(message)),
});

/** The same state, behind fewer records. */
const countingLess = (message: AirbyteMessage, fewer: number): AirbyteMessage => {
  if (message.type !== 'STATE') return message;
  const { state } = message;
  const recordCount = state.sourceStats.recordCount - fewer;
  return { ...message, state: { ...state, sourceStats: { recordCount } } };
};

/** Where the first state stands that covers records, and how many. */
const firstCovering = (
  messages: readonly AirbyteMessage[],
): { readonly at: number; readonly records: number } | undefined => {
  const at = messages.findIndex(
    ({ type }, index) => type === 'STATE' && messages[index - 1]?.type === 'RECORD',
  );
  const state = messages[at];
  return state?.type === 'STATE' ? { at, records: state.state.sourceStats.recordCount } : undefined;
};

/** Loses a row, and counts as if it had never been there. */
export const dropRecord: Tamper = (output) => {
  const messages = parseMessages(output.lines);
  const state = firstCovering(messages);
  if (state === undefined) return output;
  const counted = messages.map((message, index) => (index === state.at ? countingLess(message, 1) : message));
  return withMessages(output, counted.toSpliced(state.at - 1, 1));
};

/** Emits a state before the records it covers; a kill comes between them. */
export const stateFirst: Tamper = (output) => {
  const messages = parseMessages(output.lines);
  const state = firstCovering(messages);
  if (output.signal !== 'SIGKILL' || state === undefined) return output;
  const begun = messages.slice(0, state.at).filter(({ type }) => type !== 'RECORD');
  const early = messages.slice(state.at, state.at + 1).map((message) => countingLess(message, state.records));
  return withMessages(output, [...begun, ...early]);
};

/** Keeps new tokens to itself. */
export const dropControl: Tamper = (output) => {
  const messages = parseMessages(output.lines);
  return withMessages(
    output,
    messages.filter(({ type }) => type !== 'CONTROL'),
  );
};

/** Pretends that all went well. */
export const exitWithZero: Tamper = (output) => ({
  ...output,
  exitCode: output.exitCode === 1 ? 0 : output.exitCode,
});

/** Says nothing of an error either. */
export const hideErrors: Tamper = (output) => {
  const messages = parseMessages(output.lines);
  const isError = (message: AirbyteMessage): boolean =>
    message.type === 'TRACE' && message.trace.type === 'ERROR';
  return exitWithZero(
    withMessages(
      output,
      messages.filter((message) => !isError(message)),
    ),
  );
};
