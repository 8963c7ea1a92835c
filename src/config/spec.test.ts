import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue, textAt } from '../foundation/json.ts';
import { connectorSpecification, credentialsSchemas, settingsSchema } from './connector-specification.ts';

/** A schema of the specification and where it stands: `/credentials/0/client_id`, options by number. */
interface Node {
  readonly path: string;
  readonly schema: JsonObject;
}

const objectAt = (object: JsonObject, ...keys: readonly string[]): JsonObject => {
  const [key, ...rest] = keys;
  if (key === undefined) return object;
  const value = object[key];
  return isJsonObject(value) ? objectAt(value, ...rest) : {};
};
const children = ({ path, schema }: Node): readonly Node[] => {
  const options = isJsonArray(schema['oneOf']) ? schema['oneOf'] : [];
  const items = schema['items'];
  const named: readonly (readonly [string, JsonValue])[] = [
    ...Object.entries(objectAt(schema, 'properties')),
    ...options.map((option, index) => [String(index), option] as const),
    ...(items === undefined ? [] : [['items', items] as const]),
  ];
  return named.flatMap(([name, child]) =>
    isJsonObject(child) ? [{ path: `${path}/${name}`, schema: child }] : [],
  );
};
const withDescendants = (node: Node): readonly Node[] => [node, ...children(node).flatMap(withDescendants)];

const root: Node = { path: '', schema: objectAt(connectorSpecification, 'connectionSpecification') };
const nodes = withDescendants(root);
const fields = nodes.filter(({ path }) => /\/[a-z_]+$/.test(path) && !path.endsWith('/items'));
const nodeAt = (path: string): JsonObject => nodes.find((node) => node.path === path)?.schema ?? {};
const properties = (node: Node): readonly JsonObject[] =>
  Object.values(objectAt(node.schema, 'properties')).filter(isJsonObject);
const nameOf = ({ path }: Node): string => path.slice(path.lastIndexOf('/') + 1);

/** Keywords anywhere in the connection specification, properties' names left aside. */
const keywords = new Set(nodes.flatMap(({ schema }) => Object.keys(schema)));

/** Names that a field with a secret must not have unmarked. */
const SECRET_NAMES = new Set(
  (
    'client_token access_token api_token token secret client_secret password key service_account_info ' +
    'service_account tenant_id certificate jwt credentials app_id appid refresh_token'
  ).split(' '),
);

describe('what Airbyte asks of a specification', () => {
  test('it has no keyword that the form cannot show', () => {
    const forbidden = [
      ...['not', 'anyOf', 'allOf', 'if', 'then', 'else', '$ref'],
      ...['patternProperties', 'prefixItems', 'dependentSchemas', 'dependentRequired'],
    ];
    expect(forbidden.filter((keyword) => keywords.has(keyword))).toEqual([]);
  });

  test('it speaks draft 7 and allows more fields everywhere', () => {
    expect(root.schema['$schema']).toBe('http://json-schema.org/draft-07/schema#');
    const closed = nodes.filter(({ schema }) => (schema['additionalProperties'] ?? true) !== true);
    expect(closed).toEqual([]);
  });

  test.each(nodes)('$path has a single type, and content if it is an object or a list', ({ schema }) => {
    expect(['object', 'array', 'string', 'integer']).toContain(schema['type']);
    const isEmptyObject =
      schema['type'] === 'object' && !('oneOf' in schema) && properties({ path: '', schema }).length === 0;
    expect(isEmptyObject).toBe(false);
    const items = schema['type'] === 'array' ? objectAt(schema, 'items')['type'] : 'string';
    expect(items).toBe('string');
  });

  test.each(fields)('$path has a title and a place', ({ schema }) => {
    expect(textAt(schema, 'title')).toBeDefined();
    expect(schema['order']).toEqual(expect.any(Number));
  });

  test.each(fields.filter(({ schema }) => !('const' in schema)))('$path is described', ({ schema }) => {
    expect(textAt(schema, 'description')).toMatch(/^.{30,}\.$/);
  });

  test.each(nodes)('$path has every field in a place of its own, by group', (node) => {
    const places = properties(node).map(({ order, group }) => JSON.stringify([order, group]));
    expect(new Set(places).size).toBe(places.length);
  });

  test.each(fields)('$path has distinct choices', ({ schema }) => {
    const choices = isJsonArray(schema['enum']) ? schema['enum'] : [];
    expect(new Set(choices).size).toBe(choices.length);
  });

  test.each(fields.filter((node) => SECRET_NAMES.has(nameOf(node)) && node.schema['type'] !== 'object'))(
    '$path is a secret and marked as one',
    ({ schema }) => {
      expect(schema['airbyte_secret']).toBe(true);
    },
  );

  test('only texts without a constant are marked as secrets', () => {
    const secrets = nodes.filter(({ schema }) => 'airbyte_secret' in schema);
    const impossible = secrets.filter(({ schema }) => schema['type'] !== 'string' || 'const' in schema);
    expect(impossible).toEqual([]);
    expect(secrets.map(nameOf)).toEqual([
      'client_id',
      'client_secret',
      'refresh_token',
      'access_token',
      'location_tokens',
    ]);
  });

  test('groups are given at the top only, and each exists', () => {
    const known = isJsonArray(root.schema['groups'])
      ? root.schema['groups'].map((group) => (isJsonObject(group) ? group['id'] : undefined))
      : [];
    const grouped = nodes.filter(({ schema }) => 'group' in schema);
    expect(grouped.map(({ path }) => path)).toEqual(children(root).map(({ path }) => path));
    expect(grouped.filter(({ schema }) => !known.includes(schema['group'] ?? null))).toEqual([]);
  });

  test.each(nodes.filter(({ schema }) => 'oneOf' in schema))(
    '$path has options told apart by one required constant',
    (node) => {
      expect(node.schema['type']).toBe('object');
      const options = children(node);
      const constants = options.map(({ schema }) =>
        Object.entries(objectAt(schema, 'properties')).filter(
          ([, property]) => isJsonObject(property) && 'const' in property,
        ),
      );
      expect(constants.map((entries) => entries.map(([name]) => name))).toEqual(
        options.map(() => ['auth_type']),
      );
      const values = constants
        .flat()
        .map(([, property]) => (isJsonObject(property) ? property['const'] : undefined));
      expect(new Set(values).size).toBe(options.length);
      expect(options.filter(({ schema }) => textAt(schema, 'title') === undefined)).toEqual([]);
      for (const { schema } of options) expect(schema['required']).toContain('auth_type');
      for (const [, property] of constants.flat()) {
        expect(Object.keys(isJsonObject(property) ? property : {})).not.toEqual(
          expect.arrayContaining(['enum', 'default']),
        );
      }
    },
  );

  test.each(nodes.filter(({ schema }) => 'format' in schema))(
    '$path has a format with its pattern',
    ({ schema }) => {
      const pattern = new RegExp(textAt(schema, 'pattern') ?? '$.');
      // What the date picker writes.
      expect('2024-01-31T00:00:00Z').toMatch(pattern);
      expect(textAt(schema, 'pattern_descriptor')).toBe('YYYY-MM-DDTHH:mm:ssZ');
    },
  );
});

describe('what we ask of the specification', () => {
  test('nothing is frozen by the form: no field has a default', () => {
    expect(nodes.filter(({ schema }) => 'default' in schema)).toEqual([]);
  });

  test('a masked configuration still fits its way to sign in', () => {
    const limited = nodes.filter(
      ({ path, schema }) =>
        path.startsWith('/credentials/') &&
        ['pattern', 'format', 'minLength', 'maxLength', 'enum'].some((keyword) => keyword in schema),
    );
    expect(limited).toEqual([]);
  });

  test('only the credentials are required', () => {
    expect(root.schema['required']).toEqual(['credentials']);
  });

  test('no list holds secrets', () => {
    expect(nodes.filter(({ path, schema }) => path.includes('/items') && 'airbyte_secret' in schema)).toEqual(
      [],
    );
  });

  test('what is not in the connection specification is what the protocol names', () => {
    expect(Object.keys(connectorSpecification).sort()).toEqual([
      'advanced_auth',
      'changelogUrl',
      'connectionSpecification',
      'documentationUrl',
      'protocol_version',
      'supportsIncremental',
    ]);
    expect(URL.canParse(textAt(connectorSpecification, 'documentationUrl') ?? '')).toBe(true);
    expect(connectorSpecification['protocol_version']).toBe('0.2.0');
  });
});

describe('the sign-in button', () => {
  const advancedAuth = objectAt(connectorSpecification, 'advanced_auth');
  const oauth = objectAt(advancedAuth, 'oauth_config_specification');
  const connectorInput = objectAt(oauth, 'oauth_connector_input_specification');
  const pathsOf = (specification: string): readonly string[] =>
    Object.values(objectAt(oauth, specification, 'properties')).map((property) => {
      const path = isJsonObject(property) ? property['path_in_connector_config'] : undefined;
      return isJsonArray(path) ? path.filter((key) => typeof key === 'string').join('/') : '';
    });

  test('belongs to the first way to sign in', () => {
    expect(advancedAuth['predicate_key']).toEqual(['credentials', 'auth_type']);
    expect(nodeAt('/credentials/0/auth_type')['const']).toBe(advancedAuth['predicate_value']);
  });

  test.each([
    ['oauth_user_input_from_connector_config_specification', 2],
    ['complete_oauth_output_specification', 3],
    ['complete_oauth_server_output_specification', 2],
  ])('finds every field of %s in the form', (specification, count) => {
    const paths = pathsOf(specification);
    expect(paths).toHaveLength(count);
    const unknown = paths.filter((path) => Object.keys(nodeAt(`/${path.replace('/', '/0/')}`)).length === 0);
    expect(unknown).toEqual([]);
  });

  test('uses only variables that exist and the few filters and tags Airbyte allows', () => {
    const templates = JSON.stringify(connectorInput);
    const inputs = Object.keys(
      objectAt(oauth, 'oauth_user_input_from_connector_config_specification', 'properties'),
    );
    const known = new Set([
      ...inputs,
      ...['client_id', 'client_secret', 'redirect_uri', 'scope', 'state', 'auth_code'].flatMap((name) => [
        `${name}_key`,
        `${name}_value`,
      ]),
    ]);
    const used = [...templates.matchAll(/\{\{ (\w+)(?: \| (\w+))? \}\}|\{% (\w+)(?: (\w+))? %\}/g)];
    expect(used.length).toBe(templates.split(/\{\{|\{%/).length - 1);
    expect(used.flatMap((match) => match[1] ?? match[4] ?? []).filter((name) => !known.has(name))).toEqual(
      [],
    );
    expect(new Set(used.flatMap((match) => match[2] ?? []))).toEqual(new Set(['urlencode']));
    expect(new Set(used.flatMap((match) => match[3] ?? []))).toEqual(new Set(['if', 'else', 'endif']));
  });

  test('asks for the token in a form, which HighLevel wants', () => {
    expect(objectAt(connectorInput, 'access_token_headers')['Content-Type']).toBe(
      'application/x-www-form-urlencoded',
    );
    expect(objectAt(connectorInput, 'access_token_params')['grant_type']).toBe('authorization_code');
    expect(connectorInput['extract_output']).toEqual(['access_token', 'refresh_token', 'expires_in']);
  });

  test('tells the user the scopes it asks for when none are given', () => {
    const description = textAt(nodeAt('/credentials/0/scopes'), 'description') ?? '';
    const scopes = (textAt(connectorInput, 'scope') ?? '').split(' ');
    expect(scopes.filter((scope) => !description.includes(scope))).toEqual([]);
    expect(scopes).toContain('oauth.write');
  });
});

test('the schemas are ones by the schema of schemas, which is not looked at when a configuration is checked', () => {
  const ajv = new Ajv({ strict: false });
  const schemas = [settingsSchema, ...credentialsSchemas.values()];
  expect(schemas.map((schema) => ajv.validateSchema(schema))).toEqual(schemas.map(() => true));
});
