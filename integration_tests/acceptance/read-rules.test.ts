import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../src/foundation/json.ts';
import { linesOf, recordOf, stateOf, statusOf, STREAMS, streamRead } from './made-up-read.ts';
import { type ReadOutcome, readRules } from './read-rules.ts';
import type { Rules } from './rule.ts';
import { stateRules } from './state-rules.ts';

const GOOD = [...streamRead('contacts'), ...streamRead('tags')];
const RECORD = 2;
const STATE = 3;

const outcomeOf = (messages: readonly JsonObject[], lines = linesOf(messages)): ReadOutcome => ({
  streams: STREAMS,
  lines,
  messages,
  mayBeEmpty: [],
});

/** The good read with other messages in place of one. */
const instead = (index: number, ...messages: readonly JsonObject[]): readonly JsonObject[] => [
  ...GOOD.slice(0, index),
  ...messages,
  ...GOOD.slice(index + 1),
];

const withData = (data: JsonObject): readonly JsonObject[] =>
  instead(RECORD, recordOf('contacts', '1', data));

const onlyData = (data: JsonObject): readonly JsonObject[] =>
  instead(RECORD, { type: 'RECORD', record: { stream: 'contacts', emitted_at: 1, data } });

const error: JsonObject = { type: 'TRACE', trace: { type: 'ERROR', error: { message: 'No.' } } };

type Broken = readonly (readonly [rule: string, what: string, messages: readonly JsonObject[]])[];

const BROKEN: Broken = [
  ['there are records', 'none', GOOD.filter(({ type }) => type !== 'RECORD')],
  ['there is no error', 'one', [...GOOD, error]],
  ['a record is of a stream that was asked for', 'another', instead(RECORD, recordOf('users', '1'))],
  ['a record fits its schema, and has no column besides', 'a text for a number', withData({ amount: '7' })],
  ['a record fits its schema, and has no column besides', 'a fraction', withData({ amount: 7.5 })],
  ['a record fits its schema, and has no column besides', 'no date', withData({ date_added: 'yesterday' })],
  ['a record fits its schema, and has no column besides', 'an epoch', withData({ date_added: '1706659200' })],
  ['a record fits its schema, and has no column besides', 'a nested text', withData({ owner: { name: 1 } })],
  ['a record fits its schema, and has no column besides', 'one more column', withData({ phone: '+1' })],
  ['a record has columns of its schema', 'nothing', onlyData({})],
  ['a record has columns of its schema', 'none of them', onlyData({ phone: '+1' })],
  [
    'the time of a record is in whole milliseconds',
    'a fraction',
    instead(RECORD, recordOf('contacts', '1', {}, 1.5)),
  ],
  ['no stream is empty', 'one that is', instead(RECORD)],
  ['a primary key has only simple values', 'an object', withData({ id: { text: '1' } })],
  ['a primary key has only simple values', 'a list', withData({ id: ['1'] })],
  ['a primary key is not empty', 'nulls', withData({ id: null, location_id: null })],
  ['a primary key is not empty', 'no key', onlyData({ amount: 7 })],
  ['a stream starts, runs and completes', 'no start', instead(0)],
  ['a stream starts, runs and completes', 'no running', instead(1)],
  ['a stream starts, runs and completes', 'no end', instead(4)],
  ['a stream starts, runs and completes', 'another end', instead(4, statusOf('contacts', 'INCOMPLETE'))],
  ['a stream starts, runs and completes', 'two ends', [...GOOD, statusOf('tags', 'COMPLETE')]],
  ['no other stream has a status', 'one of another', [...GOOD, statusOf('users', 'STARTED')]],
];

const legacy: JsonObject = { type: 'STATE', state: { type: 'LEGACY', data: { contacts: {} } } };
const uncounted: JsonObject = {
  type: 'STATE',
  state: { type: 'STREAM', stream: { stream_descriptor: { name: 'contacts' }, stream_state: {} } },
};

const BROKEN_STATES: Broken = [
  ['every stream has a state', 'one without', instead(STATE)],
  ['a state is of one stream', 'one of all of them', [...GOOD, legacy]],
  ['a state says how many records it covers', 'one that does not', instead(STATE, uncounted)],
  ['what the states cover is what has come', 'one too many', instead(STATE, stateOf('contacts', 2))],
  ['what the states cover is what has come', 'one too few', instead(STATE, stateOf('contacts', 0))],
  [
    'the last state comes behind the last record',
    'a record behind it',
    instead(STATE, stateOf('contacts', 1), recordOf('contacts', '2')),
  ],
];

const find = (rules: Rules<ReadOutcome>, name: string, outcome: ReadOutcome) =>
  rules.get(name)?.problems(outcome);

const NUMBERS = 'whole numbers are written as such';

describe.each([
  ['read', readRules, BROKEN, [NUMBERS]],
  ['states', stateRules, BROKEN_STATES, []],
])('the rules of the %s', (_title, rules, broken, others) => {
  test('each has something that it refuses', () => {
    expect(new Set([...broken.map(([name]) => name), ...others])).toStrictEqual(new Set(rules.keys()));
  });

  test.each(broken)('%s: refused with %s', (name, _what, messages) => {
    expect(find(rules, name, outcomeOf(GOOD))).toStrictEqual([]);
    expect(find(rules, name, outcomeOf(messages))).toHaveLength(1);
  });
});

describe('whole numbers', () => {
  const written = (number: string) =>
    find(
      readRules,
      NUMBERS,
      outcomeOf([], [`{"type":"RECORD","record":{"data":{"amount":${number},"id":"1.0"}}}`]),
    );

  test.each(['7', '-7', '0', '7.5', '"7.0"', '"\\"7.0\\""', '1e-3'])(
    '%s is written as Airbyte reads it',
    (number) => {
      expect(written(number)).toStrictEqual([]);
    },
  );

  test.each(['7.0', '-7.00', '7e3', '1E+21', '0.5e1'])('%s is refused', (number) => {
    expect(written(number)).toStrictEqual([number]);
  });
});

test('a stream may be empty where that is allowed', () => {
  const outcome = { ...outcomeOf(instead(RECORD)), mayBeEmpty: ['contacts'] };
  expect(find(readRules, 'no stream is empty', outcome)).toStrictEqual([]);
});
