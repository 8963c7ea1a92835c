import { describe, expect, test } from '@jest/globals';
import { allRules } from './all-rules.ts';
import { textOf } from './suite-config.ts';

/** A row of a table: whose test it is, and where ours is. */
const ROW = /^\| +(?:`([^`]+)`|ours) +\| +`([\w.-]+\.ts)` +\| +(.+?) +\|$/gm;

const rows = [...textOf('docs/acceptance.md').matchAll(ROW)].map(
  ([, airbytes = 'ours', file = '', states = '']) => ({
    airbytes,
    file,
    states,
  }),
);

const asText = ({ airbytes, file, states }: (typeof rows)[number]): string => `${airbytes} ${file} ${states}`;

describe('the page about the acceptance tests', () => {
  test.each(rows)('names a test that exists: $file, $states', ({ file, states }) => {
    // Inside quotes: the name of a test or of a rule, whole.
    const source = textOf(`integration_tests/acceptance/${file}`);
    expect(["'", '"', '`'].some((quote) => source.includes(`${quote}${states}${quote}`))).toBe(true);
  });

  test('names every rule, and whose it is', () => {
    const named = new Set(rows.map(asText));
    const missing = allRules.flatMap(({ file, statement: states, tests }) =>
      (tests.length === 0 ? ['ours'] : tests).map((airbytes) => asText({ airbytes, file, states })),
    );
    expect(missing.filter((text) => !named.has(text))).toStrictEqual([]);
  });

  test.each([
    ...['test_config_match_spec', 'test_match_expected', 'test_enum_usage', 'test_oneof_usage'],
    ...[
      'test_property_type_is_not_array',
      'test_object_not_empty',
      'test_array_type',
      'test_forbidden_complex_types',
    ],
    ...[
      'test_date_pattern',
      'test_date_format',
      'test_duplicate_order',
      'test_nested_group',
      'test_display_type',
    ],
    ...['test_defined_refs_exist_in_json_spec_file', 'test_secret_is_properly_marked'],
    ...['test_additional_properties_is_true', 'test_oauth_flow_parameters', 'test_oauth_is_default_method'],
    ...['test_backward_compatibility', 'test_image_labels', 'test_image_environment_variables', 'test_check'],
    ...['test_discover', 'test_defined_cursors_exist_in_schema', 'test_defined_refs_exist_in_schema'],
    ...[
      'test_defined_keyword_exist_in_schema',
      'test_primary_keys_exist_in_schema',
      'test_primary_keys_data_type',
    ],
    ...[
      'test_streams_has_sync_modes',
      'test_read',
      'test_airbyte_trace_message_on_failure',
      'test_sequential_reads',
    ],
    ...[
      'test_two_sequential_reads',
      'test_read_sequential_slices',
      'test_state_with_abnormally_large_values',
    ],
    ...[
      'test_spec',
      'test_basic_read',
      'test_fail_read_with_bad_catalog',
      'test_docker_image_build_and_spec',
    ],
  ])("has Airbyte's %s", (name) => {
    expect(rows.map(({ airbytes }) => airbytes)).toContain(name);
  });
});
