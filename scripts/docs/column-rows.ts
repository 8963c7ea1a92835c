import { isJsonArray, isJsonObject, type JsonObject, textAt } from '../../src/foundation/json.ts';
import { camelCase, type Column, type Columns } from '../../src/stream/columns.ts';

/** A row of a stream's table of columns. */
export interface ColumnRow {
  /** `name`, `name.inner` inside an object, `name[].inner` inside the objects of a list. */
  readonly name: string;
  readonly type: string;
  /** Names the API uses, the preferred one first; empty for columns that no field of the API fills. */
  readonly apiNames: readonly string[];
  /** Inside another column, where the API's names are not declared one by one. */
  readonly isNested: boolean;
}

const FORMATS: Readonly<Record<string, string>> = { 'date-time': 'timestamp', date: 'date' };

const typesOf = ({ type }: JsonObject): readonly unknown[] => (isJsonArray(type) ? type : [type]);

const objectAt = (schema: JsonObject, key: string): JsonObject => {
  const value = schema[key];
  return isJsonObject(value) ? value : {};
};

const typeName = (schema: JsonObject): string => {
  const type = typesOf(schema).find((name) => name !== 'null');
  if (type === 'array') return `list of ${typeName(objectAt(schema, 'items'))}`;
  if (type === 'object') return schema['properties'] === undefined ? 'map' : 'object';
  return FORMATS[textAt(schema, 'format') ?? ''] ?? String(type);
};

const nestedRows = (name: string, schema: JsonObject): readonly ColumnRow[] => {
  if (schema['items'] !== undefined) return nestedRows(`${name}[]`, objectAt(schema, 'items'));
  return Object.entries(objectAt(schema, 'properties')).flatMap(([inner, field]) => {
    if (!isJsonObject(field)) return [];
    const path = `${name}.${inner}`;
    return [{ name: path, type: typeName(field), apiNames: [], isNested: true }, ...nestedRows(path, field)];
  });
};

const columnRow = (name: string, { schema, from }: Column): ColumnRow => ({
  name,
  type: typesOf(schema).includes('null') ? typeName(schema) : `${typeName(schema)}, never null`,
  apiNames: from ?? [camelCase(name)],
  isNested: false,
});

/** The columns of a stream and, below each, the fields inside it. */
export const columnRows = (columns: Columns): readonly ColumnRow[] =>
  Object.entries(columns).flatMap(([name, column]) => [
    columnRow(name, column),
    ...nestedRows(name, column.schema),
  ]);
