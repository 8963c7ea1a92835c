import type { JsonObject, JsonValue } from '../../src/foundation/json.ts';
import { isJsonObject } from '../../src/foundation/json.ts';
import { asText, listAt, objectAt, objectsAt } from './raw-messages.ts';
import { rule, type Rules } from './rule.ts';

const OUTPUTS = [
  'oauth_user_input_from_connector_config_specification',
  'complete_oauth_output_specification',
  'complete_oauth_server_output_specification',
];

/** Whether a path of a config leads to a field, through any of the options on its way. */
const leadsToField = (schema: JsonObject, [key, ...rest]: readonly string[]): boolean => {
  if (key === undefined) return true;
  const child = objectAt(schema, 'properties')[key];
  if (isJsonObject(child) && leadsToField(child, rest)) return true;
  return objectsAt(schema, 'oneOf').some((option) => leadsToField(option, [key, ...rest]));
};

const pathsIn = (oauth: JsonObject): readonly (readonly [string, readonly string[]])[] =>
  OUTPUTS.flatMap((name) =>
    Object.entries(objectAt(oauth, name, 'properties')).map(
      ([property, value]) =>
        [`${name}.${property}`, listAt(objectAt(value), 'path_in_connector_config').map(asText)] as const,
    ),
  );

const parameterProblems = (spec: JsonObject): readonly string[] => {
  const oauth = objectAt(spec, 'advanced_auth', 'oauth_config_specification');
  const connection = objectAt(spec, 'connectionSpecification');
  const paths = pathsIn(oauth);
  return [
    ...(paths.length === 0 ? ['the sign-in gives nothing back'] : []),
    ...paths
      .filter(([, path]) => path.length === 0 || !leadsToField(connection, path))
      .map(([name, path]) => `${name} leads to ${path.join('/') || 'nowhere'}`),
  ];
};

/** The constant of the first option, at the place where the sign-in's predicate looks. */
const firstChoice = (spec: JsonObject, path: readonly string[]): JsonValue | undefined => {
  const holder = objectAt(
    spec,
    'connectionSpecification',
    ...path.slice(0, -1).flatMap((key) => ['properties', key]),
  );
  const [option = {}] = objectsAt(holder, 'oneOf');
  return objectAt(option, 'properties', path.at(-1) ?? '')['const'];
};

const defaultMethodProblems = (spec: JsonObject): readonly string[] => {
  const auth = objectAt(spec, 'advanced_auth');
  const first = firstChoice(spec, listAt(auth, 'predicate_key').map(asText));
  return first !== undefined && first === auth['predicate_value']
    ? []
    : [`the first way to sign in is ${asText(first)}, not ${asText(auth['predicate_value'])}`];
};

/** What Airbyte asserts of the sign-in button. */
export const oauthRules: Rules<JsonObject> = new Map([
  rule(
    'what the sign-in gives and takes are fields of the config',
    ['test_oauth_flow_parameters'],
    parameterProblems,
  ),
  rule(
    'the sign-in is the first way to authenticate',
    ['test_oauth_is_default_method'],
    defaultMethodProblems,
  ),
]);
