import fc, { type Arbitrary } from 'fast-check';
import { isJsonArray, type JsonObject, type JsonValue } from '../../src/foundation/json.ts';
import { listAt, objectAt, objectsAt } from './raw-messages.ts';
import { typesOf } from './schema-nodes.ts';

const MOST_ITEMS = 4;

const numberAt = (schema: JsonObject, key: string): number | undefined => {
  const value = schema[key];
  return typeof value === 'number' ? value : undefined;
};

const texts = ({ pattern, format }: JsonObject): Arbitrary<JsonValue> => {
  if (format === 'date-time') {
    // Most texts of the pattern's form are no dates.
    const span = { min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true };
    return fc.date(span).map((date) => date.toISOString());
  }
  return typeof pattern === 'string' ? fc.stringMatching(new RegExp(pattern)) : fc.string();
};

const integers = (schema: JsonObject): Arbitrary<JsonValue> => {
  const min = numberAt(schema, 'minimum');
  const max = numberAt(schema, 'maximum');
  return fc.integer({ ...(min !== undefined && { min }), ...(max !== undefined && { max }) });
};

const lists = (schema: JsonObject): Arbitrary<JsonValue> => {
  const items = arbitraryOf(objectAt(schema, 'items'));
  return schema['uniqueItems'] === true
    ? fc.uniqueArray(items, { maxLength: MOST_ITEMS })
    : fc.array(items, { maxLength: MOST_ITEMS });
};

const objects = (schema: JsonObject): Arbitrary<JsonObject> => {
  const required = listAt(schema, 'required');
  const fields = Object.entries(objectAt(schema, 'properties')).map(([name, property]) => {
    const value = arbitraryOf(objectAt(property));
    return required.includes(name)
      ? value.map((given): JsonObject => ({ [name]: given }))
      : fc
          .option(value, { nil: undefined })
          .map((given): JsonObject => (given === undefined ? {} : { [name]: given }));
  });
  return fc
    .tuple(...fields)
    .map((parts) => parts.reduce<JsonObject>((whole, part) => ({ ...whole, ...part }), {}));
};

const KINDS: ReadonlyMap<string, (schema: JsonObject) => Arbitrary<JsonValue>> = new Map([
  ['object', objects],
  ['array', lists],
  ['integer', integers],
  ['boolean', () => fc.boolean()],
  ['number', () => fc.double({ noNaN: true, noDefaultInfinity: true })],
]);

/** Values that fit a schema, of the few kinds that a connection specification may be made of. */
export const arbitraryOf = (schema: JsonObject): Arbitrary<JsonValue> => {
  const { const: constant, enum: choices } = schema;
  if (constant !== undefined) return fc.constant(constant);
  if (isJsonArray(choices)) return fc.constantFrom(...choices);
  const options = objectsAt(schema, 'oneOf');
  if (options.length > 0) return fc.oneof(...options.map(arbitraryOf));
  const [type] = typesOf(schema);
  const kind = typeof type === 'string' ? KINDS.get(type) : undefined;
  return (kind ?? texts)(schema);
};
