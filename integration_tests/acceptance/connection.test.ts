import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Account, openAccount } from './account.ts';
import { launch } from './launcher.ts';
import { errorTraces, objectAt, ofType, rawMessages } from './raw-messages.ts';
import { type ConnectionTest, suiteConfig } from './suite-config.ts';

const tests: readonly ConnectionTest[] = suiteConfig.acceptance_tests.connection?.tests ?? [];
const STATUS = { succeed: 'SUCCEEDED', failed: 'FAILED', exception: undefined };

describe('connection', () => {
  let account: Account;

  beforeAll(async () => {
    account = await openAccount();
  });

  afterAll(() => account.close());

  test.each(tests)(
    'check answers once, as is expected of the config: $status',
    async ({ config_path: path, status = 'succeed' }) => {
      const output = await launch('check', { config: account.configAt(path) });
      const messages = rawMessages(output.lines);
      const answers = ofType(messages, 'CONNECTION_STATUS').map((message) =>
        objectAt(message, 'connectionStatus'),
      );
      const expected = STATUS[status];
      expect(answers.map((answer) => answer['status'])).toStrictEqual(
        expected === undefined ? [] : [expected],
      );
      expect(errorTraces(messages)).toHaveLength(expected === undefined ? 1 : 0);
      expect(output.exitCode === 0).toBe(expected !== undefined);
    },
  );

  test('there is a config of each kind', () => {
    expect(new Set(tests.map(({ status = 'succeed' }) => status))).toStrictEqual(
      new Set(['succeed', 'failed']),
    );
  });
});
