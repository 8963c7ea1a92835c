import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { AirbyteStream } from '../../src/protocol/messages.ts';
import { type Account, openAccount } from './account.ts';
import { expectedRecordsRules, parseExpected } from './expected-records.ts';
import { failsOnBadCatalog } from './fails-on-bad-catalog.ts';
import { type RawRecord, recordsIn } from './raw-messages.ts';
import { type ReadOutcome, readRules } from './read-rules.ts';
import { stateRules } from './state-rules.ts';
import { suiteConfig, textOf } from './suite-config.ts';
import { discover, type Printed, read } from './trial.ts';

const tests = suiteConfig.acceptance_tests.basic_read?.tests ?? [];
const INVALID = 'INVALID' as const;

describe.each(tests)('basic read', ({ config_path: path, empty_streams: empty = [], ...rest }) => {
  const { expect_records: expectation, ignored_fields: ignored = {} } = rest;
  let account: Account;
  let streams: readonly AirbyteStream[] = [];
  let printed: Printed;
  let outcome: ReadOutcome;

  beforeAll(async () => {
    account = await openAccount();
    const config = account.configAt(path);
    const mayBeEmpty = account.isComplete ? [] : empty.map(({ name }) => name);
    streams = (await discover(config)).filter(({ name }) => !mayBeEmpty.includes(name));
    // Airbyte's tests take the first sync mode that a stream supports.
    const choices = streams.map((stream) => ({ stream, mode: stream.supported_sync_modes[0] ?? INVALID }));
    printed = await read(config, choices);
    outcome = { streams, lines: printed.lines, messages: printed.messages, mayBeEmpty };
  });

  afterAll(() => account.close());

  test.each([...readRules])('%s', (_statement, { problems }) => {
    expect(problems(outcome)).toStrictEqual([]);
  });

  test.each([...stateRules])('%s', (_statement, { problems }) => {
    expect(problems(outcome)).toStrictEqual([]);
  });

  const expectedOf = (names: readonly string[]): readonly RawRecord[] =>
    (expectation?.path === undefined ? [] : parseExpected(textOf(expectation.path))).filter(({ stream }) =>
      names.includes(stream),
    );

  test.each([...expectedRecordsRules])('%s', (_statement, { problems }) => {
    const expected = expectedOf(streams.map(({ name }) => name));
    expect(problems({ streams, records: recordsIn(printed.messages), expected, ignored })).toStrictEqual([]);
  });

  test('something is expected of every stream whose rows do not differ from read to read', () => {
    const differing = (suiteConfig.acceptance_tests.full_refresh?.tests ?? []).flatMap(
      ({ ignored_fields: fields = {} }) => Object.keys(fields),
    );
    const steady = streams.map(({ name }) => name).filter((name) => !differing.includes(name));
    expect(new Set(expectedOf(steady).map(({ stream }) => stream))).toStrictEqual(new Set(steady));
  });

  test('a catalog that cannot be used ends in an error message', async () => {
    await expect(failsOnBadCatalog(account.configAt(path))).resolves.toStrictEqual([]);
  });
});
