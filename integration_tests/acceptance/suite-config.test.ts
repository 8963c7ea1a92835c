import { describe, expect, test } from '@jest/globals';
import { streams } from '../../src/streams/index.ts';
import { strictnessProblems } from './strictness-problems.ts';
import { parseSuiteConfig, type SuiteConfig, suiteConfig, textOf } from './suite-config.ts';

const MINIMAL = { connector_image: 'x:dev', acceptance_tests: {} };
const suites = suiteConfig.acceptance_tests;

const withSuites = (changed: SuiteConfig['acceptance_tests']): SuiteConfig => ({
  ...suiteConfig,
  acceptance_tests: { ...suites, ...changed },
});

describe('the configuration of the acceptance tests', () => {
  test('meets the demands of the strictness level high', () => {
    expect(strictnessProblems(suiteConfig)).toStrictEqual([]);
  });

  test('names streams and files that exist', () => {
    const excepted = [
      ...(suites.basic_read?.tests ?? []).flatMap(({ empty_streams: empty = [] }) => empty),
      ...(suites.incremental?.tests ?? []).flatMap(
        ({ future_state: future }) => future?.missing_streams ?? [],
      ),
      ...(suites.connector_attributes?.tests ?? []).flatMap(
        ({ streams_without_primary_key: keyless = [] }) => keyless,
      ),
    ].map(({ name }) => name);
    const ignored = (suites.full_refresh?.tests ?? []).flatMap(({ ignored_fields: fields = {} }) =>
      Object.keys(fields),
    );
    expect(streams.map(({ name }) => name)).toEqual(expect.arrayContaining([...excepted, ...ignored]));
    const text = textOf('acceptance-test-config.yml');
    const files = [...text.matchAll(/: (integration_tests\/\S+|spec\.json)$/gm)].map(([, path = '']) => path);
    expect(files.filter((path) => textOf(path) === '')).toStrictEqual([]);
    expect(files.length).toBeGreaterThan(3);
  });

  test.each([
    ['a key at the top', { ...MINIMAL, tests: {} }],
    ['a suite', { ...MINIMAL, acceptance_tests: { basic: {} } }],
    ['a key of a suite', { ...MINIMAL, acceptance_tests: { spec: { test: [] } } }],
    ['a key of a test', { ...MINIMAL, acceptance_tests: { spec: { tests: [{ spec: 'spec.json' }] } } }],
    ['a status', { ...MINIMAL, acceptance_tests: { connection: { tests: [{ status: 'success' }] } } }],
    [
      'a key of an exception',
      {
        ...MINIMAL,
        acceptance_tests: { basic_read: { tests: [{ empty_streams: [{ name: 'a', reason: 'b' }] }] } },
      },
    ],
    [
      'expected records with a path and a reason to have none',
      {
        ...MINIMAL,
        acceptance_tests: { basic_read: { tests: [{ expect_records: { path: 'a', bypass_reason: 'b' } }] } },
      },
    ],
    ['no image', { acceptance_tests: {} }],
  ])('is refused with %s that Airbyte does not know', (_what, config) => {
    expect(() => parseSuiteConfig(config)).toThrow(TypeError);
  });

  test('is accepted with as little as Airbyte accepts', () => {
    expect(parseSuiteConfig(MINIMAL)).toStrictEqual(MINIMAL);
  });

  test.each<[string, SuiteConfig]>([
    ['the strictness level is not high', { ...suiteConfig, test_strictness_level: 'low' }],
    ['discovery has neither tests nor a reason to go without', withSuites({ discovery: {} })],
    [
      'basic_read chooses its own catalog',
      withSuites({
        basic_read: { tests: [{ configured_catalog_path: 'a', expect_records: { path: 'b' } }] },
      }),
    ],
    ['basic_read expects no records', withSuites({ basic_read: { tests: [{}] } })],
    [
      'basic_read does not validate records',
      withSuites({ basic_read: { tests: [{ validate_schema: false, expect_records: { path: 'b' } }] } }),
    ],
    [
      'tags may be empty without a reason',
      withSuites({
        basic_read: { tests: [{ empty_streams: [{ name: 'tags' }], expect_records: { path: 'b' } }] },
      }),
    ],
    ['incremental has no future state', withSuites({ incremental: { tests: [{}] } })],
    [
      'tags has no future state and no reason',
      withSuites({
        incremental: {
          tests: [{ future_state: { future_state_path: 'a', missing_streams: [{ name: 'tags' }] } }],
        },
      }),
    ],
    ['spec is bypassed and has tests', withSuites({ spec: { bypass_reason: 'a', tests: [{}] } })],
  ])('is too lax when %s', (problem, config) => {
    expect(strictnessProblems(config)).toStrictEqual([problem]);
  });
});
