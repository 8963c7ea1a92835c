import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../src/foundation/json.ts';
import { type Expectation, expectedRecordsRules, parseExpected } from './expected-records.ts';
import { fullRefreshRules, type TwoReads } from './full-refresh-rules.ts';
import {
  type Continued,
  continuedRules,
  type FutureRead,
  futureRules,
  type Resumed,
  resumedRules,
} from './incremental-rules.ts';
import { recordOf, stateOf, STREAMS, streamRead } from './made-up-read.ts';
import { recordsIn } from './raw-messages.ts';
import type { Rules } from './rule.ts';

const [CONTACTS, TAGS] = STREAMS;
const records = (...ids: readonly string[]) => recordsIn(ids.map((id) => recordOf('contacts', id)));
const messages = (emittedAt: number, ...ids: readonly string[]): readonly JsonObject[] => [
  ...ids.map((id) => recordOf('contacts', id, {}, emittedAt)),
  stateOf('contacts', ids.length),
];

/** Pairs of a rule and what it has to refuse, beside what all have to accept. */
const judge = <Subject>(
  rules: Rules<Subject>,
  good: readonly Subject[],
  broken: readonly (readonly [rule: string, subject: Subject])[],
): void => {
  test('accept what is right', () => {
    const found = good.flatMap((subject) => [...rules.values()].flatMap(({ problems }) => problems(subject)));
    expect(found).toStrictEqual([]);
  });

  test('each has something that it refuses', () => {
    expect(new Set(broken.map(([name]) => name))).toStrictEqual(new Set(rules.keys()));
  });

  test.each(broken)('%s: refused without', (name, subject) => {
    expect(rules.get(name)?.problems(subject)).not.toStrictEqual([]);
  });
};

describe('the rules of expected records', () => {
  const good: Expectation = {
    streams: STREAMS,
    records: records('1', '2'),
    expected: records('2'),
    ignored: {},
  };
  const other = recordsIn([recordOf('contacts', '2', { amount: 8 })]);
  const ignored = { contacts: [{ name: 'amount', bypass_reason: 'It changes.' }] };
  judge(
    expectedRecordsRules,
    [good, { ...good, expected: other, ignored }],
    [
      ['expected records come', { ...good, expected: records('3') }],
      ['expected records come', { ...good, expected: recordsIn([recordOf('tags', '2')]) }],
      ['they come with the values that are expected', { ...good, expected: other }],
    ],
  );

  test('read the form of Airbyte', () => {
    const text = `${JSON.stringify({ stream: 'contacts', data: { id: '1' }, emitted_at: 1 })}\n`;
    expect(parseExpected(text)).toStrictEqual([{ stream: 'contacts', data: { id: '1' }, emittedAt: 1 }]);
  });
});

describe('the rules of two full refreshes', () => {
  const good: TwoReads = {
    streams: STREAMS,
    first: messages(1, '1', '2'),
    second: messages(2, '2', '1', '3'),
    ignored: {},
  };
  const altered = [recordOf('contacts', '1', { owner: { name: 'A' } }, 2), ...messages(2, '2')];
  const ignored = { contacts: [{ name: 'owner/name' }, { name: 'owner' }] };
  judge(
    fullRefreshRules,
    [good, { ...good, second: altered, ignored }],
    [
      ['the first read brings records', { ...good, first: [] }],
      ['the second read brings every record of the first', { ...good, second: messages(2, '2') }],
      ['with the same values, save those that may differ', { ...good, second: altered }],
      ['and says a later time', { ...good, second: messages(1, '1', '2') }],
    ],
  );
});

describe('the rules of an incremental read that goes on', () => {
  const good: Continued = {
    streams: STREAMS,
    first: messages(1, '1', '2', '3'),
    second: messages(2, '3'),
  };
  judge(
    continuedRules,
    [good],
    [
      ['the first read brings records and states', { ...good, first: [stateOf('contacts', 0)] }],
      ['the first read brings records and states', { ...good, first: [recordOf('contacts', '1')] }],
      ['the second read differs from the first', { ...good, second: messages(2, '3', '2', '1') }],
      ['no stream brings everything again', { ...good, second: messages(2, '3', '2', '4') }],
    ],
  );
});

describe('the rules of a read that begins at a checkpoint', () => {
  const stream = CONTACTS ?? TAGS;
  if (stream === undefined) throw new RangeError('There is no stream.');
  const good: Resumed = {
    stream,
    before: records('1', '2'),
    whole: records('1', '2', '3', '4'),
    rest: records('2', '3', '4'),
  };
  judge(
    resumedRules,
    [good],
    [
      ['at least what comes behind the checkpoint comes', { ...good, rest: records('4') }],
      ['not everything comes again', { ...good, rest: records('4', '3', '2', '1') }],
      ['no row is lost between the two', { ...good, rest: records('1', '2', '4') }],
    ],
  );
});

describe('the rules of a read from the future', () => {
  const good: FutureRead = { streams: STREAMS, messages: [stateOf('contacts', 0), stateOf('tags', 0)] };
  judge(
    futureRules,
    [good],
    [
      ['there are no records', { ...good, messages: [...streamRead('contacts'), ...streamRead('tags')] }],
      ['every stream has a state', { ...good, messages: [stateOf('tags', 0)] }],
    ],
  );
});
