import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/foundation/json.ts';

/** A schema inside a schema. */
export interface SchemaNode {
  /** Keys from the root, with slashes between. */
  readonly path: string;
  /** The property's name; of items and options that of the property they belong to. */
  readonly name: string;
  readonly schema: JsonObject;
}

const namedChildren = (schema: JsonObject): readonly (readonly [string, string | undefined, JsonValue])[] => {
  const { properties, items, oneOf } = schema;
  return [
    ...Object.entries(isJsonObject(properties) ? properties : {}).map(
      ([name, child]) => [`properties/${name}`, name, child] as const,
    ),
    ...(isJsonObject(items) ? [['items', undefined, items] as const] : []),
    ...(isJsonArray(oneOf) ? oneOf : []).map((child, index) => [`oneOf/${index}`, undefined, child] as const),
  ];
};

/** A schema and all schemas inside it. Names of properties are not taken for keywords. */
export const schemaNodes = (schema: JsonObject, path = '', name = ''): readonly SchemaNode[] => [
  { path, name, schema },
  ...namedChildren(schema).flatMap(([step, ownName, child]) =>
    isJsonObject(child) ? schemaNodes(child, `${path}/${step}`, ownName ?? name) : [],
  ),
];

/** The nodes that use a keyword. */
export const nodesWith = (schema: JsonObject, keyword: string): readonly SchemaNode[] =>
  schemaNodes(schema).filter((node) => keyword in node.schema);

/** The types a schema allows. */
export const typesOf = ({ type }: JsonObject): readonly JsonValue[] =>
  isJsonArray(type) ? type : type === undefined ? [] : [type];
