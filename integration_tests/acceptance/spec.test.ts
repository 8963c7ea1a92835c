import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import packageJson from '../../package.json' with { type: 'json' };
import type { JsonObject } from '../../src/foundation/json.ts';
import { type Account, openAccount } from './account.ts';
import { keptVersions } from './kept-versions.ts';
import { oauthRules } from './oauth-rules.ts';
import { objectAt } from './raw-messages.ts';
import { specCompatibilityRules } from './spec-compatibility.ts';
import { specRules } from './spec-rules.ts';
import { suiteConfig, textOf } from './suite-config.ts';
import { onlyMessage, run } from './trial.ts';

const tests = suiteConfig.acceptance_tests.spec?.tests ?? [];

describe.each(tests)('spec', ({ spec_path: specPath = 'spec.json', config_path: configPath, ...rest }) => {
  let account: Account;
  let spec: JsonObject = {};

  beforeAll(async () => {
    account = await openAccount();
    spec = objectAt(onlyMessage(await run('spec'), 'SPEC'), 'spec');
  });

  afterAll(() => account.close());

  test('the config fits the specification', () => {
    const ajv = new Ajv({ strict: false });
    addFormats.default(ajv);
    const config = Object.entries(account.configAt(configPath)).filter(([key]) => !key.startsWith('_'));
    const fits = ajv.compile(objectAt(spec, 'connectionSpecification'));
    expect([fits(Object.fromEntries(config)), fits.errors ?? []]).toStrictEqual([true, []]);
  });

  test('the specification is the one of the file', () => {
    expect(spec).toStrictEqual(JSON.parse(textOf(specPath)));
  });

  test.each([...specRules])('%s', (_statement, { problems }) => {
    expect(problems(spec)).toStrictEqual([]);
  });

  test.each([...oauthRules])('%s', (_statement, { problems }) => {
    expect(rest.auth_default_method).toBeUndefined();
    expect(problems(spec)).toStrictEqual([]);
  });

  describe.each(keptVersions('spec'))('since version %s', (_version, kept) => {
    test.each([...specCompatibilityRules])('%s', (_statement, { problems }) => {
      const before = objectAt(kept, 'connectionSpecification');
      expect(problems({ before, now: objectAt(spec, 'connectionSpecification') })).toStrictEqual([]);
    });
  });

  test('what this version prints is kept for later ones (else: npm run capture:acceptance)', () => {
    expect(keptVersions('spec').map(([version]) => version)).toContain(packageJson.version);
  });
});
