import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/foundation/json.ts';
import { apiName } from './api-name.ts';
import { instantOf } from './instant-of.ts';
import { schemaKind } from './schema-kind.ts';

const asText = (raw: JsonValue): string => (typeof raw === 'string' ? raw : JSON.stringify(raw));

const asNumber = (raw: JsonValue): JsonValue => (raw === '' ? null : Number(raw));

/** HighLevel writes `{}` for a boolean that nobody has set, and some as texts. */
const asBoolean = (raw: JsonValue): JsonValue => {
  if (raw === 'true' || raw === 'false') return raw === 'true';
  return typeof raw === 'boolean' ? raw : null;
};

const asList = (raw: JsonValue, { items }: JsonObject): JsonValue => {
  if (!isJsonArray(raw) || !isJsonObject(items)) return `not a list: ${JSON.stringify(raw)}`;
  return raw.map((item) => fit(item, items));
};

/** Declared fields get the declared name; the others keep HighLevel's. */
const asObject = (raw: JsonValue, { properties }: JsonObject): JsonValue => {
  if (!isJsonObject(raw)) return `not an object: ${JSON.stringify(raw)}`;
  const declared = new Map(
    Object.entries(isJsonObject(properties) ? properties : {}).map(([name, schema]) => [
      apiName(name),
      { name, schema },
    ]),
  );
  return Object.fromEntries(
    Object.entries(raw).map(([key, value]): [string, JsonValue] => {
      const field = declared.get(key === '_id' ? 'id' : key);
      return field && isJsonObject(field.schema) ? [field.name, fit(value, field.schema)] : [key, value];
    }),
  );
};

/**
 * What a value of HighLevel's must look like under a schema of the catalog. Written without a look at the connector's
 * own conversions, so that the two can disagree.
 */
export const fit = (raw: JsonValue | undefined, schema: JsonObject): JsonValue => {
  if (raw === undefined || raw === null) return null;
  switch (schemaKind(schema)) {
    case 'text':
      return asText(raw);
    case 'integer':
    case 'number':
      return asNumber(raw);
    case 'boolean':
      return asBoolean(raw);
    case 'date':
      return instantOf(raw).toISOString().slice(0, 10);
    case 'instant':
      return instantOf(raw).toISOString();
    case 'list':
      return asList(raw, schema);
    case 'object':
      return asObject(raw, schema);
  }
};
