import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import schema from './acceptance-test-config.schema.json' with { type: 'json' };

/** A stream or a field that is excepted from a rule, and why. */
export interface Excepted {
  readonly name: string;
  readonly bypass_reason?: string;
}

interface Compatibility {
  readonly backward_compatibility_tests_config?: { readonly disable_for_version?: string };
}

interface TestConfig {
  /** @default 'secrets/config.json' */
  readonly config_path?: string;
}

interface SpecTest extends TestConfig, Compatibility {
  readonly spec_path?: string;
  readonly auth_default_method?: { readonly oauth?: boolean; readonly bypass_reason?: string };
}

export interface ConnectionTest extends TestConfig {
  /** @default 'succeed' */
  readonly status?: 'succeed' | 'failed' | 'exception';
}

interface DiscoveryTest extends TestConfig, Compatibility {}

interface BasicReadTest extends TestConfig {
  readonly configured_catalog_path?: string;
  readonly empty_streams?: readonly Excepted[];
  readonly expect_records?: { readonly path?: string; readonly bypass_reason?: string };
  readonly ignored_fields?: IgnoredFields;
  readonly validate_schema?: boolean;
}

/** By stream; a name is a path of keys with slashes between. */
export type IgnoredFields = Readonly<Record<string, readonly Excepted[]>>;

interface FullRefreshTest extends TestConfig {
  readonly ignored_fields?: IgnoredFields;
}

interface IncrementalTest extends TestConfig {
  readonly future_state?: {
    readonly future_state_path?: string;
    readonly missing_streams?: readonly Excepted[];
    readonly bypass_reason?: string;
  };
}

interface AttributesTest extends TestConfig {
  readonly streams_without_primary_key?: readonly Excepted[];
}

interface Suite<Test> {
  readonly bypass_reason?: string;
  readonly tests?: readonly Test[];
}

export interface SuiteConfig {
  readonly connector_image: string;
  readonly test_strictness_level?: 'low' | 'high';
  readonly acceptance_tests: {
    readonly spec?: Suite<SpecTest>;
    readonly connection?: Suite<ConnectionTest>;
    readonly discovery?: Suite<DiscoveryTest>;
    readonly basic_read?: Suite<BasicReadTest>;
    readonly full_refresh?: Suite<FullRefreshTest>;
    readonly incremental?: Suite<IncrementalTest>;
    readonly connector_attributes?: Suite<AttributesTest>;
    readonly connector_documentation?: Suite<TestConfig>;
  };
}

const fits = new Ajv({ allErrors: true }).compile<SuiteConfig>(schema);

/** @throws TypeError that names every key that is unknown or has a wrong value */
export const parseSuiteConfig = (value: unknown): SuiteConfig => {
  if (fits(value)) return value;
  const problems = (fits.errors ?? []).map(
    ({ instancePath, message = '', params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
  throw new TypeError(problems.join('\n'));
};

/** A file of the repository, by its path from the top. */
export const textOf = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');

export const suiteConfig: SuiteConfig = parseSuiteConfig(parse(textOf('acceptance-test-config.yml')));
