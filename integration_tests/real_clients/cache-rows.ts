import { DuckDBInstance } from '@duckdb/node-api';
import { cellOf } from '../../scripts/demo/cell-of.ts';
import type { SchemaKind } from '../../scripts/demo/schema-kind.ts';
import type { Table } from '../../scripts/demo/table.ts';
import type { Cells } from '../../scripts/demo/cells.ts';

const name = (identifier: string): string => `"${identifier.replaceAll('"', '""')}"`;

/** PyAirbyte keeps instants as UTC without a zone, and numbers as decimals. */
const selected = (column: string, kind: SchemaKind): string => {
  if (kind === 'date') return `strftime(${column}, '%Y-%m-%d')`;
  if (kind === 'instant') return `strftime(${column}, '%Y-%m-%dT%H:%M:%S.%gZ')`;
  return kind === 'number' ? `CAST(${column} AS DOUBLE)` : column;
};

/** What PyAirbyte has in its DuckDB file, by stream, as texts to compare. The columns it adds are left out. */
export const cacheRows = async (
  path: string,
  tables: readonly Table[],
): Promise<ReadonlyMap<string, readonly Cells[]>> => {
  const instance = await DuckDBInstance.create(path, {
    access_mode: 'READ_ONLY',
    autoinstall_known_extensions: 'false',
  });
  const connection = await instance.connect();
  const rowsOf = async ({ name: table, columns }: Table): Promise<readonly Cells[]> => {
    const list = columns.map(
      ({ name: column, kind }) => `${selected(name(column), kind)} AS ${name(column)}`,
    );
    const reader = await connection.runAndReadAll(`SELECT ${list.join(', ')} FROM ${name(table)}`);
    return reader
      .getRowObjectsJson()
      .map((row) =>
        Object.fromEntries(columns.map((column) => [column.name, cellOf(row[column.name], column.kind)])),
      );
  };
  try {
    const rows = new Map<string, readonly Cells[]>();
    for (const table of tables) rows.set(table.name, await rowsOf(table));
    return rows;
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
};
