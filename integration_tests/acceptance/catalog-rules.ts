import { Ajv } from 'ajv';
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/foundation/json.ts';
import { asText, listAt, nameOf, objectAt } from './raw-messages.ts';
import { type Rule, rule, type Rules } from './rule.ts';
import { nodesWith, type SchemaNode, schemaNodes, typesOf } from './schema-nodes.ts';

/** The streams that `discover` prints. */
type Streams = readonly JsonObject[];

const AIRBYTE_TYPES = [
  ...['timestamp_with_timezone', 'timestamp_without_timezone'],
  ...['time_with_timezone', 'time_without_timezone', 'integer'],
];

const ajv = new Ajv({ strict: false, logger: false });

const schemaOf = (stream: JsonObject): JsonObject => objectAt(stream, 'json_schema');
const textsOf = (path: JsonValue): readonly string[] => listAt({ path }, 'path').map(asText);

/** The column that a path of keys leads to. */
export const columnAt = (stream: JsonObject, path: readonly string[]): JsonObject | undefined => {
  const column = objectAt(schemaOf(stream), ...path.flatMap((key) => ['properties', key]));
  return path.length > 0 && Object.keys(column).length > 0 ? column : undefined;
};

export const primaryKeyOf = (stream: JsonObject): readonly (readonly string[])[] =>
  listAt(stream, 'source_defined_primary_key').map(textsOf);

const cursorOf = (stream: JsonObject): readonly string[] =>
  listAt(stream, 'default_cursor_field').map(asText);

/** A rule that each stream has to keep by itself. */
const ofStreams =
  (isBroken: (stream: JsonObject) => boolean): Rule<Streams>['problems'] =>
  (streams) =>
    streams.filter(isBroken).map(nameOf);

/** A rule that each part of each schema has to keep by itself. */
const ofNodes = (isBroken: (node: SchemaNode) => boolean): Rule<Streams>['problems'] =>
  ofStreams((stream) => schemaNodes(schemaOf(stream)).some(isBroken));

const isIncremental = (stream: JsonObject): boolean =>
  listAt(stream, 'supported_sync_modes').includes('incremental');

const isUnkeyable = (type: JsonValue): boolean => type === 'object' || type === 'array';

/** Destinations bring names into their own form, in which these would be one. */
const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

const hasAlikeColumns = (stream: JsonObject): boolean => {
  const names = Object.keys(objectAt(schemaOf(stream), 'properties'));
  return new Set(names.map(plain)).size < names.length;
};

const twins = (streams: Streams): readonly string[] => {
  const names = streams.map(nameOf);
  return names.filter((name, index) => names.indexOf(name) < index);
};

/** Everything Airbyte asserts of a discovered catalog by itself. */
export const catalogRules: Rules<Streams> = new Map([
  rule('there are streams', ['test_discover'], (streams) => (streams.length === 0 ? ['there is none'] : [])),
  rule('names are unique', ['test_discover'], twins),
  rule(
    'schemas are valid',
    ['test_discover'],
    ofStreams((stream) => ajv.validateSchema(schemaOf(stream)) !== true),
  ),
  rule(
    'a schema has columns',
    ['test_defined_cursors_exist_in_schema'],
    ofStreams(
      (stream) =>
        schemaOf(stream)['type'] !== 'object' ||
        Object.keys(objectAt(schemaOf(stream), 'properties')).length === 0,
    ),
  ),
  rule(
    'a cursor is a column',
    ['test_defined_cursors_exist_in_schema'],
    ofStreams((stream) => cursorOf(stream).length > 0 && columnAt(stream, cursorOf(stream)) === undefined),
  ),
  rule(
    'what is incremental has a cursor',
    [],
    ofStreams((stream) => isIncremental(stream) && cursorOf(stream).length === 0),
  ),
  rule(
    'no reference is left',
    ['test_defined_refs_exist_in_schema'],
    ofStreams((stream) => nodesWith(schemaOf(stream), '$ref').length > 0),
  ),
  rule(
    'no schema says "allOf" or "not"',
    ['test_defined_keyword_exist_in_schema'],
    ofNodes(({ schema }) => 'allOf' in schema || 'not' in schema),
  ),
  rule(
    'a primary key is made of columns',
    ['test_primary_keys_exist_in_schema'],
    ofStreams((stream) => primaryKeyOf(stream).some((path) => columnAt(stream, path) === undefined)),
  ),
  rule(
    'a primary key is of simple values',
    ['test_primary_keys_data_type'],
    ofStreams((stream) =>
      primaryKeyOf(stream).some((path) => typesOf(columnAt(stream, path) ?? {}).some(isUnkeyable)),
    ),
  ),
  rule(
    'a stream has a sync mode',
    ['test_streams_has_sync_modes'],
    ofStreams((stream) => listAt(stream, 'supported_sync_modes').length === 0),
  ),
  rule(
    'more fields are allowed everywhere',
    ['test_additional_properties_is_true'],
    ofNodes(({ schema }) => (schema['additionalProperties'] ?? true) !== true),
  ),
  rule(
    'a value has one type besides null',
    [],
    ofNodes(
      ({ schema }) => 'oneOf' in schema || typesOf(schema).filter((type) => type !== 'null').length > 1,
    ),
  ),
  rule(
    'a list says what it holds',
    [],
    ofNodes(({ schema }) => typesOf(schema).includes('array') && !isJsonObject(schema['items'])),
  ),
  rule(
    'types are those that Airbyte knows',
    [],
    ofNodes(
      ({ schema }) => 'airbyte_type' in schema && !AIRBYTE_TYPES.includes(asText(schema['airbyte_type'])),
    ),
  ),
  rule('no two columns differ in case or punctuation only', [], ofStreams(hasAlikeColumns)),
]);
