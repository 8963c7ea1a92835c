import type { JsonObject, JsonValue } from '../../src/foundation/json.ts';
import { isJsonArray, isJsonObject } from '../../src/foundation/json.ts';
import { asText, listAt, objectAt, objectsAt } from './raw-messages.ts';
import { type Rule, rule, type Rules } from './rule.ts';
import { nodesWith, type SchemaNode, schemaNodes, typesOf } from './schema-nodes.ts';

/** The ConnectorSpecification that `spec` prints. */
type Spec = JsonObject;

const FORBIDDEN = [
  ...['not', 'anyOf', 'allOf', 'if', 'then', 'else'],
  ...['patternProperties', 'prefixItems', 'dependentSchemas', 'dependentRequired'],
];
const SECRET_NAMES = new Set(
  (
    'client_token access_token api_token token secret client_secret password key service_account_info ' +
    'service_account tenant_id certificate jwt credentials app_id appid refresh_token'
  ).split(' '),
);
/** What the form's date pickers write. */
const PICKED: Readonly<Record<string, string>> = {
  date: '2024-01-31',
  'date-time': '2024-01-31T00:00:00Z',
};

const connectionOf = (spec: Spec): JsonObject => objectAt(spec, 'connectionSpecification');
const nodesOf = (spec: Spec): readonly SchemaNode[] => schemaNodes(connectionOf(spec));
const propertiesOf = ({ schema }: SchemaNode): readonly JsonObject[] =>
  Object.values(objectAt(schema, 'properties')).filter(isJsonObject);
const places = (nodes: readonly SchemaNode[]): readonly string[] => nodes.map(({ path }) => path || '/');
const hasTwins = (values: readonly (JsonValue | undefined)[]): boolean =>
  new Set(values.map((value) => JSON.stringify(value))).size < values.length;

/** A rule that each node has to keep by itself. */
const ofNodes =
  (isBroken: (node: SchemaNode) => boolean): Rule<Spec>['problems'] =>
  (spec) =>
    places(nodesOf(spec).filter(isBroken));

const isUiType = ({ schema }: SchemaNode): boolean => {
  const types = typesOf(schema);
  return types.length <= 1 || (types.length === 2 && types[1] === 'null');
};

const canHoldSecret = ({ schema }: SchemaNode): boolean =>
  typesOf(schema).some((type) => ['string', 'integer', 'number'].includes(asText(type))) &&
  !('const' in schema);

const isUnmarkedSecret = (node: SchemaNode): boolean =>
  SECRET_NAMES.has(node.name.toLowerCase()) && canHoldSecret(node) && node.schema['airbyte_secret'] !== true;

const isMarkedForNothing = (node: SchemaNode): boolean =>
  node.schema['airbyte_secret'] === true && !canHoldSecret(node);

const hasItems = ({ schema }: SchemaNode): boolean => {
  if (!typesOf(schema).includes('array') || schema['items'] === undefined) return true;
  const { items } = schema;
  return (
    isJsonObject(items) &&
    ('enum' in items || ['object', 'string', 'number', 'integer'].includes(asText(items['type'])))
  );
};

const isEmptyObject = (node: SchemaNode): boolean =>
  node.path !== '' &&
  node.schema['type'] === 'object' &&
  !('oneOf' in node.schema) &&
  propertiesOf(node).length === 0;

/** Constants that every option has under the same name. */
const discriminators = (options: readonly JsonObject[]): readonly string[] => {
  const [first = {}] = options;
  return Object.keys(objectAt(first, 'properties')).filter((name) =>
    options.every((option) => 'const' in objectAt(option, 'properties', name)),
  );
};

const oneOfProblem = ({ schema }: SchemaNode): string | undefined => {
  const options = objectsAt(schema, 'oneOf');
  if (schema['type'] !== 'object') return 'is no object';
  if (options.some((option) => Object.keys(objectAt(option, 'properties')).length === 0)) {
    return 'has an option without properties';
  }
  const [name, ...others] = discriminators(options);
  if (name === undefined || others.length > 0) return 'has not exactly one constant to tell its options by';
  const constants = options.map((option) => objectAt(option, 'properties', name));
  if (hasTwins(constants.map((constant) => constant['const']))) return 'has two options with one constant';
  if (constants.some((constant) => 'default' in constant || 'enum' in constant)) {
    return 'has a constant with a default or an enum';
  }
  return options.some((option) => !listAt(option, 'required').includes(name))
    ? 'has an option that does not require its constant'
    : undefined;
};

const oneOfProblems: Rule<Spec>['problems'] = (spec) =>
  nodesWith(connectionOf(spec), 'oneOf').flatMap((node) => {
    const problem = oneOfProblem(node);
    return problem === undefined ? [] : [`${node.path} ${problem}`];
  });

const isDateWithoutPattern = ({ schema: { format, pattern } }: SchemaNode): boolean => {
  const picked = typeof format === 'string' ? PICKED[format] : undefined;
  return picked !== undefined && (typeof pattern !== 'string' || !new RegExp(pattern).test(picked));
};

const isPatternOfUnnamedDate = ({ schema: { format, pattern } }: SchemaNode): boolean =>
  typeof pattern === 'string' &&
  Object.entries(PICKED).some(([name, picked]) => new RegExp(pattern).test(picked) && format !== name);

const refsIn = (value: JsonValue | undefined): readonly string[] => {
  if (isJsonArray(value)) return value.flatMap(refsIn);
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    key === '$ref' ? [JSON.stringify(child)] : refsIn(child),
  );
};

const hasClosedProperties = ({ schema }: SchemaNode): boolean =>
  'additionalProperties' in schema && schema['additionalProperties'] !== true;

const hasWrongDisplay = ({ schema }: SchemaNode): boolean =>
  'display_type' in schema &&
  (!('oneOf' in schema) || !['dropdown', 'radio'].includes(asText(schema['display_type'])));

const isShownThoughRequired = (node: SchemaNode): boolean =>
  listAt(node.schema, 'required').some(
    (name) => objectAt(node.schema, 'properties', asText(name))['always_show'] === true,
  );

/** Everything Airbyte asserts of a specification by itself. */
export const specRules: Rules<Spec> = new Map([
  rule(
    'choices are distinct',
    ['test_enum_usage'],
    ofNodes(({ schema }) => hasTwins(listAt(schema, 'enum'))),
  ),
  rule('options are told apart by one required constant', ['test_oneof_usage'], oneOfProblems),
  rule(
    'a field has one type, or one and null',
    ['test_property_type_is_not_array'],
    ofNodes((node) => !isUiType(node)),
  ),
  rule('an object has properties or options', ['test_object_not_empty'], ofNodes(isEmptyObject)),
  rule(
    'items are of one type that the form can show',
    ['test_array_type'],
    ofNodes((node) => !hasItems(node)),
  ),
  rule(
    'there is no keyword that the form cannot show',
    ['test_forbidden_complex_types'],
    ofNodes(({ schema }) => FORBIDDEN.some((keyword) => keyword in schema)),
  ),
  rule(
    'a date has a pattern that takes what the picker writes',
    ['test_date_pattern'],
    ofNodes(isDateWithoutPattern),
  ),
  rule('a pattern of a date has its format', ['test_date_format'], ofNodes(isPatternOfUnnamedDate)),
  rule(
    'no two fields have one place',
    ['test_duplicate_order'],
    ofNodes((node) =>
      hasTwins(
        propertiesOf(node)
          .filter((field) => 'order' in field)
          .map(({ group, order }) => [group ?? null, order ?? null]),
      ),
    ),
  ),
  rule(
    'groups are of the top only',
    ['test_nested_group'],
    ofNodes(({ path, schema }) => 'group' in schema && !/^\/properties\/[^/]+$/.test(path)),
  ),
  rule(
    'what is required needs no "always show"',
    ['test_required_always_show'],
    ofNodes(isShownThoughRequired),
  ),
  rule('only options have a way to be displayed', ['test_display_type'], ofNodes(hasWrongDisplay)),
  rule('no reference is left', ['test_defined_refs_exist_in_json_spec_file'], refsIn),
  rule(
    'secrets are marked, and nothing else',
    ['test_secret_is_properly_marked'],
    ofNodes((node) => isUnmarkedSecret(node) || isMarkedForNothing(node)),
  ),
  rule(
    'more fields are allowed everywhere',
    ['test_additional_properties_is_true'],
    ofNodes(hasClosedProperties),
  ),
  rule(
    'a masked secret fits its way to sign in',
    [],
    ofNodes(
      ({ path, schema }) =>
        path.startsWith('/properties/credentials/') &&
        ['pattern', 'format', 'minLength', 'maxLength'].some((keyword) => keyword in schema),
    ),
  ),
  rule('it speaks draft 7', [], (spec) =>
    connectionOf(spec)['$schema'] === 'http://json-schema.org/draft-07/schema#' ? [] : ['/'],
  ),
]);
