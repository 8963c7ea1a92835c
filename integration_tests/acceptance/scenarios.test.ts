import { expect, test } from '@jest/globals';
import { scenariosOf } from './scenarios.ts';
import type { SuiteConfig } from './suite-config.ts';

const withSuites = (suites: SuiteConfig['acceptance_tests']): SuiteConfig => ({
  connector_image: 'x:dev',
  acceptance_tests: suites,
});

test('there is one scenario for each config, with what all suites say of it', () => {
  const scenarios = scenariosOf(
    withSuites({
      spec: { tests: [{}, { config_path: 'a.json' }] },
      connection: { tests: [{ config_path: 'b.json', status: 'failed' }, { status: 'succeed' }] },
      basic_read: { tests: [{ empty_streams: [{ name: 'tags' }] }] },
    }),
  );
  expect(scenarios).toStrictEqual([
    { configPath: 'b.json', status: 'failed', emptyStreams: [] },
    { configPath: 'secrets/config.json', status: 'succeed', emptyStreams: ['tags'] },
    { configPath: 'a.json', status: 'succeed', emptyStreams: [] },
  ]);
});

test('a config that is to succeed and to fail is refused', () => {
  const tests = [{ status: 'failed' }, { status: 'succeed' }] as const;
  expect(() => scenariosOf(withSuites({ connection: { tests } }))).toThrow(
    'is to end as failed and as succeed',
  );
});
