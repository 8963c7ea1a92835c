import type { JsonObject } from '../../src/foundation/json.ts';
import { objectAt, ofType, type RawMessages, recordsIn, statesByStream } from './raw-messages.ts';
import type { ReadOutcome } from './read-rules.ts';
import { rule, type Rules } from './rule.ts';

const statesOf = ({ messages }: ReadOutcome): RawMessages =>
  ofType(messages, 'STATE').map((message) => objectAt(message, 'state'));

const shown = (state: JsonObject): string => JSON.stringify(state).slice(0, 200);

const stateless = ({ messages, streams }: ReadOutcome): readonly string[] => {
  const states = statesByStream(messages);
  return streams.map(({ name }) => name).filter((name) => !states.has(name));
};

const isUncounted = (state: JsonObject): boolean => {
  const { recordCount } = objectAt(state, 'sourceStats');
  return typeof recordCount !== 'number' || !Number.isInteger(recordCount) || recordCount < 0;
};

const countIn = (states: RawMessages): number =>
  states.reduce((sum, state) => sum + Number(objectAt(state, 'sourceStats')['recordCount']), 0);

/** The counts of all states add up only if the last state comes behind the last record. */
const miscounted = ({ messages, streams }: ReadOutcome): readonly string[] => {
  const states = statesByStream(messages);
  const records = recordsIn(messages);
  return streams.flatMap(({ name }) => {
    const come = records.filter(({ stream }) => stream === name).length;
    const counted = countIn(states.get(name) ?? []);
    return come === counted ? [] : [`${name}: ${come} records, ${counted} counted`];
  });
};

const isBehindRecords = (messages: RawMessages, name: string): boolean => {
  const own = messages.filter(
    (message) =>
      objectAt(message, 'record')['stream'] === name ||
      objectAt(message, 'state', 'stream', 'stream_descriptor')['name'] === name,
  );
  return own.length === 0 || own.at(-1)?.['type'] === 'STATE';
};

/** What Airbyte asserts of the states of a read. */
export const stateRules: Rules<ReadOutcome> = new Map([
  rule('every stream has a state', ['test_read'], stateless),
  rule('a state is of one stream', ['test_read'], (outcome) =>
    statesOf(outcome)
      .filter((state) => state['type'] !== 'STREAM')
      .map(shown),
  ),
  rule('a state says how many records it covers', ['test_read'], (outcome) =>
    statesOf(outcome).filter(isUncounted).map(shown),
  ),
  rule('what the states cover is what has come', ['test_read'], miscounted),
  rule('the last state comes behind the last record', [], ({ messages, streams }) =>
    streams.map(({ name }) => name).filter((name) => !isBehindRecords(messages, name)),
  ),
]);
