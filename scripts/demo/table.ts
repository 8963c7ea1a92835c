import { isJsonObject, type JsonObject } from '../../src/foundation/json.ts';
import type { AirbyteStream } from '../../src/protocol/messages.ts';
import { type SchemaKind, schemaKind } from './schema-kind.ts';
import type { Cells } from './cells.ts';

export interface Column {
  readonly name: string;
  readonly kind: SchemaKind;
  readonly schema: JsonObject;
}

/** A stream as a destination sees it. */
export interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly primaryKey: readonly string[];
  /** Incremental streams are merged into their table; the others replace it at every sync. */
  readonly isIncremental: boolean;
}

/** The table for a stream, from nothing but what `discover` says of it. */
export const tableOf = (stream: AirbyteStream): Table => {
  const { properties } = stream.json_schema;
  const columns = Object.entries(isJsonObject(properties) ? properties : {}).map(([name, schema]) => {
    if (!isJsonObject(schema)) throw new TypeError(`The column ${stream.name}.${name} has no schema.`);
    return { name, kind: schemaKind(schema), schema };
  });
  return {
    name: stream.name,
    columns,
    primaryKey: stream.source_defined_primary_key.map((path) => path.join('.')),
    isIncremental: stream.supported_sync_modes.includes('incremental'),
  };
};

/** What tells the rows of a table apart. */
export const rowKey =
  ({ primaryKey }: Table) =>
  (cells: Cells): string =>
    primaryKey.map((column) => cells[column] ?? '?').join('/');
