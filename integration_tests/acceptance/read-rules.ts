import { isJsonArray, isJsonObject, type JsonValue } from '../../src/foundation/json.ts';
import type { AirbyteStream } from '../../src/protocol/messages.ts';
import { createRecordCheck } from '../support/judge-run.ts';
import { numberProblems } from './number-problems.ts';
import {
  asText,
  errorTraces,
  nameOf,
  objectAt,
  ofType,
  type RawMessages,
  type RawRecord,
  recordsIn,
} from './raw-messages.ts';
import { keyPathsOf, keyValuesOf } from './record-keys.ts';
import { rule, type Rules } from './rule.ts';

/** A read, and what was asked for. */
export interface ReadOutcome {
  /** With the schemas of `discover`. */
  readonly streams: readonly AirbyteStream[];
  readonly lines: readonly string[];
  readonly messages: RawMessages;
  /** Streams that may bring nothing. */
  readonly mayBeEmpty: readonly string[];
}

const MOST_SHOWN = 5;

const namesOf = ({ streams }: ReadOutcome): readonly string[] => streams.map(({ name }) => name);

const shown = ({ stream, data }: RawRecord): string => `${stream} ${JSON.stringify(data).slice(0, 200)}`;

/** A rule that each record has to keep by itself. */
const ofRecords =
  (isBroken: (record: RawRecord, outcome: ReadOutcome) => boolean) =>
  (outcome: ReadOutcome): readonly string[] =>
    recordsIn(outcome.messages)
      .filter((record) => isBroken(record, outcome))
      .slice(0, MOST_SHOWN)
      .map(shown);

const misfits = (outcome: ReadOutcome): readonly string[] => {
  const check = createRecordCheck(outcome.streams);
  return recordsIn(outcome.messages)
    .filter(({ stream }) => namesOf(outcome).includes(stream))
    .flatMap(({ stream, data }) => check({ stream, data, emitted_at: 0 }))
    .slice(0, MOST_SHOWN);
};

const isNested = (value: JsonValue | undefined): boolean => isJsonObject(value) || isJsonArray(value);

const hasNoColumn = ({ stream, data }: RawRecord, { streams }: ReadOutcome): boolean => {
  const schema = streams.find(({ name }) => name === stream)?.json_schema ?? {};
  const columns = objectAt(schema, 'properties');
  return !Object.keys(data).some((key) => key in columns);
};

const emptyStreams = (outcome: ReadOutcome): readonly string[] => {
  const found = new Set(recordsIn(outcome.messages).map(({ stream }) => stream));
  return namesOf(outcome).filter((name) => !found.has(name) && !outcome.mayBeEmpty.includes(name));
};

const keysBroken =
  (isBroken: (values: readonly (JsonValue | undefined)[]) => boolean) =>
  (outcome: ReadOutcome): readonly string[] => {
    const paths = keyPathsOf(outcome.streams);
    return recordsIn(outcome.messages)
      .filter((record) => isBroken(keyValuesOf(record, paths)))
      .slice(0, MOST_SHOWN)
      .map(shown);
  };

const isNothing = (value: JsonValue | undefined): boolean => value === undefined || value === null;

const strayStatuses = (outcome: ReadOutcome): readonly string[] =>
  [...statusesByStream(outcome.messages).keys()].filter((name) => !namesOf(outcome).includes(name));

const statusesByStream = (messages: RawMessages): ReadonlyMap<string, readonly string[]> => {
  const found = new Map<string, readonly string[]>();
  for (const message of ofType(messages, 'TRACE')) {
    const trace = objectAt(message, 'trace');
    if (trace['type'] !== 'STREAM_STATUS') continue;
    const status = objectAt(trace, 'stream_status');
    const name = nameOf(objectAt(status, 'stream_descriptor'));
    found.set(name, [...(found.get(name) ?? []), asText(status['status'])]);
  }
  return found;
};

const wrongStatuses = (outcome: ReadOutcome): readonly string[] => {
  const statuses = statusesByStream(outcome.messages);
  return namesOf(outcome)
    .map((name) => `${name} ${(statuses.get(name) ?? []).join(' ')}`)
    .filter((text) => !/^\S+ STARTED( RUNNING)+ COMPLETE$/.test(text));
};

/** What Airbyte asserts of a read, save its states. */
export const readRules: Rules<ReadOutcome> = new Map([
  rule('there are records', ['test_read'], ({ messages }) =>
    recordsIn(messages).length > 0 ? [] : ['there is none'],
  ),
  rule('there is no error', ['test_basic_read'], ({ messages }) =>
    errorTraces(messages).map((trace) => JSON.stringify(trace)),
  ),
  rule(
    'a record is of a stream that was asked for',
    [],
    ofRecords(({ stream }, outcome) => !namesOf(outcome).includes(stream)),
  ),
  rule('a record fits its schema, and has no column besides', ['test_read'], misfits),
  rule('a record has columns of its schema', ['test_read'], ofRecords(hasNoColumn)),
  rule('whole numbers are written as such', ['test_read'], ({ lines }) => lines.flatMap(numberProblems)),
  rule(
    'the time of a record is in whole milliseconds',
    [],
    ofRecords(({ emittedAt }) => !Number.isInteger(emittedAt)),
  ),
  rule('no stream is empty', ['test_read'], emptyStreams),
  rule(
    'a primary key has only simple values',
    ['test_read'],
    keysBroken((values) => values.some(isNested)),
  ),
  rule(
    'a primary key is not empty',
    ['test_read'],
    keysBroken((values) => values.length > 0 && values.every(isNothing)),
  ),
  rule('a stream starts, runs and completes', ['test_read'], wrongStatuses),
  rule('no other stream has a status', ['test_read'], strayStatuses),
]);
