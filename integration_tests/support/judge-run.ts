import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { isJsonObject, type JsonObject } from '../../src/foundation/json.ts';
import type { AirbyteMessage, AirbyteStream, RecordMessage } from '../../src/protocol/messages.ts';
import { errorsOf, messagesOf, parseMessages } from './messages-of.ts';
import { leaksIn } from './printed.ts';
import type { ConnectorOutput } from './run-connector.ts';
import { judgeOrder } from './stream-order.ts';
import { messageProblems } from './validate-messages.ts';

const MOST_PROBLEMS = 10;

/** Says of a record what does not fit its stream's discovered schema. */
export type RecordCheck = (record: RecordMessage['record']) => readonly string[];

const columnsOf = ({ json_schema: schema }: AirbyteStream): ReadonlySet<string> =>
  new Set(isJsonObject(schema['properties']) ? Object.keys(schema['properties']) : []);

const checkOf = (
  fits: ValidateFunction,
  stream: AirbyteStream,
): ((data: JsonObject) => readonly string[]) => {
  const columns = columnsOf(stream);
  const key = stream.source_defined_primary_key.map(([column = '']) => column);
  return (data) => [
    ...(fits(data) ? [] : (fits.errors ?? []).map((error) => `${error.instancePath} ${error.message ?? ''}`)),
    // The platform removes undeclared columns.
    ...Object.keys(data)
      .filter((column) => !columns.has(column))
      .map((column) => `the column ${column} is not declared`),
    ...key.filter((column) => typeof data[column] !== 'string').map((column) => `the key ${column} is empty`),
  ];
};

/** Checks records against the schemas that `discover` printed: draft-07, strictly, with formats. */
export const createRecordCheck = (streams: readonly AirbyteStream[]): RecordCheck => {
  const ajv = new Ajv({ strict: true, allowUnionTypes: true, allErrors: true });
  addFormats.default(ajv);
  ajv.addKeyword('airbyte_type');
  const checks = new Map(
    streams.map((stream) => [stream.name, checkOf(ajv.compile(stream.json_schema), stream)]),
  );
  return ({ stream, data }) => {
    const check = checks.get(stream);
    if (check === undefined) return [`the stream ${stream} was not discovered`];
    return check(data).map((problem) => `${stream}: ${problem} in ${JSON.stringify(data).slice(0, 200)}`);
  };
};

interface Judged {
  readonly output: ConnectorOutput;
  readonly secrets: readonly string[];
  /** True when the process was killed or its reader went away, so that its output ends anywhere. */
  readonly isCut: boolean;
}

const formProblems = ({ output: { lines, rest, stderr }, isCut }: Judged): readonly string[] => [
  ...lines.flatMap((line) =>
    messageProblems(line).map((problem) => `${problem} in the line ${line.slice(0, 300)}`),
  ),
  ...(rest === '' || isCut ? [] : [`The last line has no end: ${rest.slice(0, 200)}`]),
  ...(stderr === '' ? [] : [`Standard error is not empty: ${stderr.slice(0, 1000)}`]),
];

const secretProblems = ({ output: { lines, rest, stderr }, secrets }: Judged): readonly string[] =>
  leaksIn({ texts: [...lines, rest, stderr], secrets });

/** Only a bug is worth a stack, and no person is to read one. */
const stackProblems = (messages: readonly AirbyteMessage[]): readonly string[] =>
  errorsOf(messages)
    .filter(
      ({ stack_trace: stack, message, failure_type: type }) =>
        (stack !== undefined && type !== 'system_error') || /\n\s+at /.test(message),
    )
    .map((error) => `An error carries a stack: ${JSON.stringify(error).slice(0, 400)}`);

const endProblems = (
  { output: { exitCode, signal }, isCut }: Judged,
  messages: readonly AirbyteMessage[],
): readonly string[] => {
  if (isCut) return [];
  if (signal !== null) return [`The process died of ${signal}.`];
  const errors = errorsOf(messages).length;
  if (exitCode === 0 && errors > 0) return ['It exits with 0 after an error.'];
  if (exitCode === 1 && errors === 0) return ['It fails without an error.'];
  return exitCode === 0 || exitCode === 1 ? [] : [`It exits with ${String(exitCode)}.`];
};

const readProblems = (
  { output: { exitCode }, isCut }: Judged,
  messages: readonly AirbyteMessage[],
  selected: readonly string[],
): readonly string[] => {
  const { problems, ends } = judgeOrder(messages);
  const strangers = [...ends.keys()].filter((name) => !selected.includes(name));
  const incomplete = selected.filter((name) => ends.get(name) !== 'COMPLETE');
  return [
    ...problems,
    ...strangers.map((name) => `The stream ${name} was not asked for.`),
    ...(exitCode === 0 && !isCut
      ? incomplete.map((name) => `${name} is not complete, but it exits with 0.`)
      : []),
  ];
};

/** Everything that is wrong with what a command printed, whatever the scenario. */
export const judgeRun = (
  judged: Judged,
  read?: { readonly selected: readonly string[]; readonly check: RecordCheck },
): readonly string[] => {
  const form = [...formProblems(judged), ...secretProblems(judged)];
  if (form.length > 0) return form.slice(0, MOST_PROBLEMS);
  const messages = parseMessages(judged.output.lines);
  const records = messagesOf(messages, 'RECORD');
  return [
    ...endProblems(judged, messages),
    ...stackProblems(messages),
    ...(read === undefined ? [] : readProblems(judged, messages, read.selected)),
    ...(read === undefined ? [] : records.flatMap(({ record }) => read.check(record))),
  ].slice(0, MOST_PROBLEMS);
};
