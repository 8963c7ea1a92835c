import type { SuiteConfig } from './suite-config.ts';

/** A config, and how a check of it is to end. */
export interface Scenario {
  readonly configPath: string;
  readonly status: 'succeed' | 'failed' | 'exception';
  readonly emptyStreams: readonly string[];
}

const DEFAULT_CONFIG = 'secrets/config.json';

/**
 * The scenarios that the CDK's standard tests find in a configuration: one for each config.
 * @throws RangeError when a config is to succeed in one place and to fail in another
 */
export const scenariosOf = ({ acceptance_tests: suites }: SuiteConfig): readonly Scenario[] => {
  const found = new Map<string, Scenario>();
  const tests = [
    ...(suites.connection?.tests ?? []).map(({ config_path: path, status }) => ({ path, status, empty: [] })),
    ...(suites.basic_read?.tests ?? []).map(({ config_path: path, empty_streams: empty = [] }) => ({
      path,
      status: undefined,
      empty,
    })),
    ...(suites.spec?.tests ?? []).map(({ config_path: path }) => ({ path, status: undefined, empty: [] })),
  ];
  for (const { path = DEFAULT_CONFIG, status, empty } of tests) {
    const known = found.get(path);
    if (status !== undefined && known !== undefined && known.status !== status) {
      throw new RangeError(`${path} is to end as ${known.status} and as ${status}.`);
    }
    const names = empty.map(({ name }) => name);
    found.set(path, {
      configPath: path,
      status: known?.status ?? status ?? 'succeed',
      emptyStreams: [...(known?.emptyStreams ?? []), ...names],
    });
  }
  return [...found.values()];
};
