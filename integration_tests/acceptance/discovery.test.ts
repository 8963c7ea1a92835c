import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import packageJson from '../../package.json' with { type: 'json' };
import type { JsonObject } from '../../src/foundation/json.ts';
import { type Account, openAccount } from './account.ts';
import { catalogCompatibilityRules } from './catalog-compatibility.ts';
import { catalogRules } from './catalog-rules.ts';
import { keptVersions } from './kept-versions.ts';
import { objectsAt } from './raw-messages.ts';
import { suiteConfig } from './suite-config.ts';
import { rawStreams, run } from './trial.ts';

const tests = suiteConfig.acceptance_tests.discovery?.tests ?? [];

describe.each(tests)('discovery', ({ config_path: path }) => {
  let account: Account;
  let streams: readonly JsonObject[] = [];

  beforeAll(async () => {
    account = await openAccount();
    streams = rawStreams(await run('discover', { config: account.configAt(path) }));
  });

  afterAll(() => account.close());

  test.each([...catalogRules])('%s', (_statement, { problems }) => {
    expect(problems(streams)).toStrictEqual([]);
  });

  describe.each(keptVersions('catalog'))('since version %s', (_version, kept) => {
    test.each([...catalogCompatibilityRules])('%s', (_statement, { problems }) => {
      expect(problems({ before: objectsAt(kept, 'streams'), now: streams })).toStrictEqual([]);
    });
  });

  test('what this version prints is kept for later ones (else: npm run capture:acceptance)', () => {
    expect(keptVersions('catalog').map(([version]) => version)).toContain(packageJson.version);
  });
});
