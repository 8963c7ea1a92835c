import type { SuiteConfig } from './suite-config.ts';

const MANDATORY = ['spec', 'connection', 'discovery', 'basic_read', 'full_refresh', 'incremental'] as const;

type Suites = SuiteConfig['acceptance_tests'];

const declarationProblems = (suites: Suites): readonly string[] =>
  MANDATORY.filter((name) => {
    const { bypass_reason: reason, tests = [] } = suites[name] ?? {};
    return reason === undefined && tests.length === 0;
  }).map((name) => `${name} has neither tests nor a reason to go without`);

const basicReadProblems = ({ basic_read: suite }: Suites): readonly string[] =>
  (suite?.tests ?? []).flatMap((test) => [
    ...(test.configured_catalog_path === undefined ? [] : ['basic_read chooses its own catalog']),
    ...(test.expect_records === undefined ? ['basic_read expects no records'] : []),
    ...(test.validate_schema === false ? ['basic_read does not validate records'] : []),
    ...(test.empty_streams ?? [])
      .filter(({ bypass_reason: reason }) => reason === undefined)
      .map(({ name }) => `${name} may be empty without a reason`),
  ]);

const incrementalProblems = ({ incremental: suite }: Suites): readonly string[] =>
  (suite?.tests ?? []).flatMap(({ future_state: future }) => {
    if (future?.future_state_path === undefined && future?.bypass_reason === undefined) {
      return ['incremental has no future state'];
    }
    return (future.missing_streams ?? [])
      .filter(({ bypass_reason: reason }) => reason === undefined)
      .map(({ name }) => `${name} has no future state and no reason`);
  });

const doubleProblems = (suites: Suites): readonly string[] =>
  Object.entries(suites)
    .filter(([, { bypass_reason: reason, tests = [] }]) => reason !== undefined && tests.length > 0)
    .map(([name]) => `${name} is bypassed and has tests`);

/** What Airbyte's strictness level `high` demands of a configuration and does not find. */
export const strictnessProblems = (config: SuiteConfig): readonly string[] => [
  ...(config.test_strictness_level === 'high' ? [] : ['the strictness level is not high']),
  ...declarationProblems(config.acceptance_tests),
  ...basicReadProblems(config.acceptance_tests),
  ...incrementalProblems(config.acceptance_tests),
  ...doubleProblems(config.acceptance_tests),
];
