import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Account, openAccount } from './account.ts';
import { fullRefreshRules, type TwoReads } from './full-refresh-rules.ts';
import { suiteConfig } from './suite-config.ts';
import { choose, discover, read } from './trial.ts';

const tests = suiteConfig.acceptance_tests.full_refresh?.tests ?? [];

describe.each(tests)('full refresh', ({ config_path: path, ignored_fields: ignored = {} }) => {
  let account: Account;
  let reads: TwoReads;

  beforeAll(async () => {
    account = await openAccount();
    const config = account.configAt(path);
    const streams = await discover(config);
    const choices = choose(streams, 'full_refresh');
    const { messages: first } = await read(config, choices);
    const { messages: second } = await read(config, choices);
    reads = { streams, first, second, ignored };
  });

  afterAll(() => account.close());

  test.each([...fullRefreshRules])('%s', (_statement, { problems }) => {
    expect(problems(reads)).toStrictEqual([]);
  });
});
