import type { AirbyteStream } from '../../src/protocol/messages.ts';
import { ofType, type RawMessages, type RawRecord, recordsIn, statesByStream } from './raw-messages.ts';
import { contentOf, identityOf, keyPathsOf } from './record-keys.ts';
import { rule, type Rules } from './rule.ts';

export interface Continued {
  readonly streams: readonly AirbyteStream[];
  readonly first: RawMessages;
  /** Began at the first one's latest states. */
  readonly second: RawMessages;
}

/** A stream's read from one of the checkpoints of its first. */
export interface Resumed {
  readonly stream: AirbyteStream;
  /** Of this stream, before the checkpoint. */
  readonly before: readonly RawRecord[];
  /** Of this stream, in the whole first read. */
  readonly whole: readonly RawRecord[];
  /** Of this stream, in the read that began at the checkpoint. */
  readonly rest: readonly RawRecord[];
}

export interface FutureRead {
  readonly streams: readonly AirbyteStream[];
  readonly messages: RawMessages;
}

const contents = (records: readonly RawRecord[]): string =>
  JSON.stringify(records.map((record) => contentOf(record)).sort());

const ofStream = (messages: RawMessages, name: string): readonly RawRecord[] =>
  recordsIn(messages).filter(({ stream }) => stream === name);

/** Streams that bring as much again; of a single record nobody can tell. */
const repeated = ({ streams, first, second }: Continued): readonly string[] =>
  streams
    .map(({ name }) => name)
    .filter((name) => {
      const before = ofStream(first, name).length;
      return before > 1 && ofStream(second, name).length >= before;
    });

/** What Airbyte asserts of a read and the one that goes on after it. */
export const continuedRules: Rules<Continued> = new Map([
  rule('the first read brings records and states', ['test_two_sequential_reads'], ({ first }) =>
    recordsIn(first).length > 0 && ofType(first, 'STATE').length > 0 ? [] : ['it does not'],
  ),
  rule('the second read differs from the first', ['test_two_sequential_reads'], ({ first, second }) =>
    contents(recordsIn(first)) === contents(recordsIn(second)) ? ['it does not'] : [],
  ),
  rule('no stream brings everything again', [], repeated),
]);

/** Rows that neither the records before a checkpoint nor the read that began at it have. */
const lost = ({ stream, before, whole, rest }: Resumed): readonly string[] => {
  const paths = keyPathsOf([stream]);
  const have = new Set([...before, ...rest].map((record) => identityOf(record, paths)));
  return whole.map((record) => identityOf(record, paths)).filter((identity) => !have.has(identity));
};

/** What Airbyte asserts of a read that begins at a checkpoint, and that none of its rows is lost. */
export const resumedRules: Rules<Resumed> = new Map([
  rule(
    'at least what comes behind the checkpoint comes',
    ['test_read_sequential_slices'],
    ({ before, whole, rest }) =>
      rest.length >= whole.length - before.length
        ? []
        : [`${rest.length} of ${whole.length - before.length} records`],
  ),
  rule('not everything comes again', ['test_read_sequential_slices'], ({ before, whole, rest }) =>
    before.length > 0 && contents(whole) === contents(rest) ? ['everything does'] : [],
  ),
  rule('no row is lost between the two', [], lost),
]);

/** What Airbyte asserts of a read whose states lie far in the future. */
export const futureRules: Rules<FutureRead> = new Map([
  rule('there are no records', ['test_state_with_abnormally_large_values'], ({ messages }) =>
    recordsIn(messages).map((record) => contentOf(record).slice(0, 200)),
  ),
  rule('every stream has a state', ['test_state_with_abnormally_large_values'], ({ streams, messages }) =>
    streams.map(({ name }) => name).filter((name) => !statesByStream(messages).has(name)),
  ),
]);
