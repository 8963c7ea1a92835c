import { isJsonObject } from '../../src/foundation/json.ts';
import type { AirbyteStream } from '../../src/protocol/messages.ts';
import { asText, objectAt, type RawRecord } from './raw-messages.ts';
import { contentOf, identityOf, keyPathsOf } from './record-keys.ts';
import { rule, type Rules } from './rule.ts';
import type { IgnoredFields } from './suite-config.ts';

export interface Expectation {
  readonly streams: readonly AirbyteStream[];
  readonly records: readonly RawRecord[];
  readonly expected: readonly RawRecord[];
  readonly ignored: IgnoredFields;
}

/** A record a line, in the form that Airbyte's tests read: stream, data and emitted_at. */
export const parseExpected = (text: string): readonly RawRecord[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line))
    .filter(isJsonObject)
    .map((line) => ({
      stream: asText(line['stream']),
      data: objectAt(line, 'data'),
      emittedAt: line['emitted_at'],
    }));

const missing = ({ streams, records, expected }: Expectation): readonly string[] => {
  const paths = keyPathsOf(streams);
  const found = new Set(records.map((record) => identityOf(record, paths)));
  return expected.map((record) => identityOf(record, paths)).filter((identity) => !found.has(identity));
};

const different = ({ streams, records, expected, ignored }: Expectation): readonly string[] => {
  const paths = keyPathsOf(streams);
  const contents = new Map(records.map((record) => [identityOf(record, paths), contentOf(record, ignored)]));
  return expected
    .filter((record) => {
      const content = contents.get(identityOf(record, paths));
      return content !== undefined && content !== contentOf(record, ignored);
    })
    .map((record) => identityOf(record, paths));
};

/** What Airbyte asserts of records that are known beforehand. */
export const expectedRecordsRules: Rules<Expectation> = new Map([
  rule('expected records come', ['test_read'], missing),
  rule('they come with the values that are expected', [], different),
]);
