import type { AirbyteStream } from '../../src/protocol/messages.ts';
import { type RawMessages, recordsIn } from './raw-messages.ts';
import { contentOf, identityOf, keyPathsOf } from './record-keys.ts';
import { rule, type Rules } from './rule.ts';
import type { IgnoredFields } from './suite-config.ts';

export interface TwoReads {
  readonly streams: readonly AirbyteStream[];
  readonly first: RawMessages;
  readonly second: RawMessages;
  readonly ignored: IgnoredFields;
}

const TEST = ['test_sequential_reads'];

/** A key that tells one sync from another cannot come again. */
const lost = ({ streams, first, second, ignored }: TwoReads): readonly string[] => {
  const mayDiffer = (stream: string, [column]: readonly string[]): boolean =>
    (ignored[stream] ?? []).some(({ name }) => name === column);
  const lasting = streams.map(({ name, source_defined_primary_key: key, ...rest }) => ({
    ...rest,
    name,
    source_defined_primary_key: key.filter((path) => !mayDiffer(name, path)),
  }));
  const paths = keyPathsOf(lasting);
  const again = new Set(recordsIn(second).map((record) => identityOf(record, paths)));
  return recordsIn(first)
    .map((record) => identityOf(record, paths))
    .filter((identity) => !again.has(identity));
};

const altered = ({ first, second, ignored }: TwoReads): readonly string[] => {
  const again = new Set(recordsIn(second).map((record) => contentOf(record, ignored)));
  return recordsIn(first)
    .map((record) => contentOf(record, ignored))
    .filter((content) => !again.has(content));
};

const timesOf = (messages: RawMessages): readonly number[] =>
  recordsIn(messages).map(({ emittedAt }) => Number(emittedAt));

const isLater = ({ first, second }: TwoReads): boolean =>
  Math.max(...timesOf(first)) < Math.min(...timesOf(second));

/** What Airbyte asserts of two full refreshes, one after the other. */
export const fullRefreshRules: Rules<TwoReads> = new Map([
  rule('the first read brings records', TEST, ({ first }) =>
    recordsIn(first).length > 0 ? [] : ['there is none'],
  ),
  rule('the second read brings every record of the first', TEST, lost),
  rule('with the same values, save those that may differ', TEST, altered),
  rule('and says a later time', TEST, (reads) => (isLater(reads) ? [] : ['emitted_at does not increase'])),
]);
