import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { type JsonObject, isJsonObject } from '../../src/foundation/json.ts';
import { type Account, openAccount } from './account.ts';
import { failsOnBadCatalog } from './fails-on-bad-catalog.ts';
import { launch } from './launcher.ts';
import { errorTraces, listAt, objectAt, ofType, rawMessages, recordsIn } from './raw-messages.ts';
import { scenariosOf } from './scenarios.ts';
import { suiteConfig, textOf } from './suite-config.ts';
import { choose, discover, onlyMessage, rawStreams, read, run } from './trial.ts';

const scenarios = scenariosOf(suiteConfig);
const succeeding = scenarios.filter(({ status }) => status === 'succeed');

const suggested = (): readonly unknown[] => {
  const metadata: unknown = parse(textOf('metadata.yaml'));
  return listAt(objectAt(isJsonObject(metadata) ? metadata : {}, 'data', 'suggestedStreams'), 'streams');
};

describe("the standard tests of Airbyte's CDK", () => {
  let account: Account;

  beforeAll(async () => {
    account = await openAccount();
  });

  afterAll(() => account.close());

  test('spec prints one specification', async () => {
    expect(onlyMessage(await run('spec'), 'SPEC')).toHaveProperty('spec.connectionSpecification');
  });

  test.each(scenarios)(
    'check answers once with $configPath, and that it is to $status',
    async ({ configPath, status }) => {
      const { lines } = await launch('check', { config: account.configAt(configPath) });
      const answers = ofType(rawMessages(lines), 'CONNECTION_STATUS');
      expect(answers.map((answer) => objectAt(answer, 'connectionStatus')['status'])).toStrictEqual([
        status === 'succeed' ? 'SUCCEEDED' : 'FAILED',
      ]);
    },
  );

  test.each(succeeding)(
    'discover lists streams without an error, with $configPath',
    async ({ configPath }) => {
      const printed = await run('discover', { config: account.configAt(configPath) });
      expect(errorTraces(printed.messages)).toStrictEqual([]);
      expect(rawStreams(printed)).not.toHaveLength(0);
    },
  );

  test.each(succeeding)(
    'read brings records of all streams as full refresh, with $configPath',
    async (scenario) => {
      const config = account.configAt(scenario.configPath);
      const streams = (await discover(config)).filter(({ name }) => !scenario.emptyStreams.includes(name));
      const { messages } = await read(config, choose(streams, 'full_refresh', 'append_dedup'));
      expect(errorTraces(messages)).toStrictEqual([]);
      expect(recordsIn(messages)).not.toHaveLength(0);
    },
  );

  test.each(succeeding)(
    'read brings records of the suggested streams, with $configPath',
    async ({ configPath }) => {
      const config: JsonObject = account.configAt(configPath);
      const streams = (await discover(config)).filter(({ name }) => suggested().includes(name));
      expect(streams).not.toHaveLength(0);
      const { messages } = await read(config, choose(streams, 'full_refresh'));
      expect(recordsIn(messages)).not.toHaveLength(0);
    },
  );

  test.each(succeeding)(
    'a bad catalog ends in an error message, with $configPath',
    async ({ configPath }) => {
      await expect(failsOnBadCatalog(account.configAt(configPath))).resolves.toStrictEqual([]);
    },
  );
});
