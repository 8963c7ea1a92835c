import { isJsonArray, type JsonObject } from '../../src/foundation/json.ts';

export type SchemaKind = 'text' | 'integer' | 'number' | 'boolean' | 'date' | 'instant' | 'object' | 'list';

const KINDS: Readonly<Record<string, SchemaKind>> = {
  string: 'text',
  integer: 'integer',
  number: 'number',
  boolean: 'boolean',
  object: 'object',
  array: 'list',
};

const ofText = ({ format, airbyte_type: airbyteType }: JsonObject): SchemaKind => {
  if (airbyteType === 'timestamp_with_timezone') return 'instant';
  return format === 'date' ? 'date' : 'text';
};

/** What a property of a catalog's JSON Schema holds, leaving aside that it may be null. */
export const schemaKind = (schema: JsonObject): SchemaKind => {
  const { type } = schema;
  const [name, ...others] = (isJsonArray(type) ? type : [type]).filter((one) => one !== 'null');
  const kind = typeof name === 'string' && others.length === 0 ? KINDS[name] : undefined;
  if (kind === undefined) throw new TypeError(`The catalog has a type of no kind: ${JSON.stringify(schema)}`);
  return kind === 'text' ? ofText(schema) : kind;
};
