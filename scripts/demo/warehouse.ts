import { DuckDBInstance, type Json } from '@duckdb/node-api';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JsonObject } from '../../src/foundation/json.ts';
import { cellOf } from './cell-of.ts';
import type { Cells } from './cells.ts';
import type { SchemaKind } from './schema-kind.ts';
import type { Column, Table } from './table.ts';

/** An embedded DuckDB, used as a destination uses its database. */
export interface Warehouse {
  readonly path: string;
  readonly create: (table: Table) => Promise<void>;
  /** Merges by primary key or replaces the table; of records with one key the last wins. */
  readonly load: (table: Table, records: readonly JsonObject[]) => Promise<void>;
  readonly rows: (table: Table) => Promise<readonly Cells[]>;
  /** What `now()` is in queries: a simulated HighLevel has a clock of its own. Epoch milliseconds. */
  readonly setNow: (epochMs: number) => Promise<void>;
  readonly query: (sql: string) => Promise<readonly Record<string, Json>[]>;
  readonly close: () => void;
}

const TYPES: Readonly<Record<SchemaKind, string>> = {
  text: 'VARCHAR',
  integer: 'BIGINT',
  number: 'DOUBLE',
  boolean: 'BOOLEAN',
  date: 'DATE',
  instant: 'TIMESTAMPTZ',
  object: 'JSON',
  list: 'JSON',
};
/** Tells the order of records with the same key apart. */
const ORDINAL = '_ordinal';

const name = (identifier: string): string => `"${identifier.replaceAll('"', '""')}"`;
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const names = (identifiers: readonly string[]): string => identifiers.map(name).join(', ');

const definition = ({ name: table, columns, primaryKey }: Table): string => {
  const lines = columns.map((column) => `${name(column.name)} ${TYPES[column.kind]}`);
  return `CREATE TABLE ${name(table)} (${lines.join(', ')}, PRIMARY KEY (${names(primaryKey)}))`;
};

const insertion = ({ name: table, columns, primaryKey }: Table, path: string): string => {
  const types = columns.map((column) => `${literal(column.name)}: ${literal(TYPES[column.kind])}`);
  return `
    INSERT OR REPLACE INTO ${name(table)} BY NAME
    SELECT * EXCLUDE (${ORDINAL})
    FROM read_json(${literal(path)}, format = 'newline_delimited',
                   columns = {${types.join(', ')}, ${ORDINAL}: 'BIGINT'})
    QUALIFY row_number() OVER (PARTITION BY ${names(primaryKey)} ORDER BY ${ORDINAL} DESC) = 1`;
};

const selected = ({ name: column, kind }: Column): string => {
  if (kind === 'date') return `strftime(${name(column)}, '%Y-%m-%d') AS ${name(column)}`;
  if (kind !== 'instant') return name(column);
  return `strftime(${name(column)} AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%S.%gZ') AS ${name(column)}`;
};

/** Opens a new, empty database in the folder. What was in the folder is gone. */
export const openWarehouse = async (folder: string): Promise<Warehouse> => {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const path = join(folder, 'highlevel.duckdb');
  // Everything it needs is built in: a demo does not download extensions.
  const instance = await DuckDBInstance.create(path, { autoinstall_known_extensions: 'false' });
  const connection = await instance.connect();
  const query = async (sql: string) => (await connection.runAndReadAll(sql)).getRowObjectsJson();
  return {
    path,
    query,
    setNow: async (epochMs) => {
      const now = literal(new Date(epochMs).toISOString());
      await connection.run(`CREATE OR REPLACE TEMP MACRO now() AS CAST(${now} AS TIMESTAMPTZ)`);
    },
    create: async (table) => {
      await connection.run(definition(table));
    },
    load: async (table, records) => {
      const staging = join(folder, `${table.name}.ndjson`);
      const lines = records.map((record, index) => `${JSON.stringify({ ...record, [ORDINAL]: index })}\n`);
      await writeFile(staging, lines.join(''));
      await connection.run('BEGIN');
      if (!table.isIncremental) await connection.run(`DELETE FROM ${name(table.name)}`);
      if (records.length > 0) await connection.run(insertion(table, staging));
      await connection.run('COMMIT');
      await rm(staging);
    },
    rows: async ({ name: table, columns }) => {
      const rows = await query(`SELECT ${columns.map(selected).join(', ')} FROM ${name(table)}`);
      return rows.map((row) =>
        Object.fromEntries(columns.map((column) => [column.name, cellOf(row[column.name], column.kind)])),
      );
    },
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
};
