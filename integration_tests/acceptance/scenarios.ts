import type { SuiteConfig } from './suite-config.ts';

/** A config, and how a check of it is to end. */
export interface Scenario {
  readonly configPath: string;
  readonly status: 'succeed' | 'failed' | 'exception';
  readonly emptyStreams: readonly string[];
}

const DEFAULT_CONFIG = 'secrets/config.json';

interface Mention {
  readonly path: string;
  readonly status: Scenario['status'] | undefined;
  readonly emptyStreams: readonly string[];
}

const mentionsIn = ({
  connection,
  basic_read: read,
  spec,
}: SuiteConfig['acceptance_tests']): readonly Mention[] => [
  ...(connection?.tests ?? []).map(({ config_path: path = DEFAULT_CONFIG, status }) => ({
    path,
    status,
    emptyStreams: [],
  })),
  ...(read?.tests ?? []).map(({ config_path: path = DEFAULT_CONFIG, empty_streams: empty = [] }) => ({
    path,
    status: undefined,
    emptyStreams: empty.map(({ name }) => name),
  })),
  ...(spec?.tests ?? []).map(({ config_path: path = DEFAULT_CONFIG }) => ({
    path,
    status: undefined,
    emptyStreams: [],
  })),
];

/**
 * The scenarios that the CDK's standard tests find in a configuration: one for each config.
 * @throws RangeError when a config is to succeed in one place and to fail in another
 */
export const scenariosOf = ({ acceptance_tests: suites }: SuiteConfig): readonly Scenario[] => {
  const found = new Map<string, Scenario>();
  for (const { path, status, emptyStreams } of mentionsIn(suites)) {
    const known = found.get(path) ?? { configPath: path, status: status ?? 'succeed', emptyStreams: [] };
    if (status !== undefined && known.status !== status) {
      throw new RangeError(`${path} is to end as ${known.status} and as ${status}.`);
    }
    found.set(path, { ...known, emptyStreams: [...known.emptyStreams, ...emptyStreams] });
  }
  return [...found.values()];
};
