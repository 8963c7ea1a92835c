import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

/** The SQL of a document, in its order. */
const queriesOf = async (path: string): Promise<readonly string[]> => {
  const text = await readFile(new URL(`../${path}`, import.meta.url), 'utf8');
  return [...text.matchAll(/```sql\n(.*?)```/gs)].map(([, sql = '']) => sql);
};

const SYNC = 7;
const EARLIER_SYNC = 6;

let instance: DuckDBInstance;
let connection: DuckDBConnection;

beforeAll(async () => {
  instance = await DuckDBInstance.create(':memory:', { autoinstall_known_extensions: 'false' });
  connection = await instance.connect();
});

afterAll(() => {
  connection.closeSync();
  instance.closeSync();
});

describe.each([
  ['contacts', 'contact_ids', 0],
  ['opportunities', 'opportunity_ids', 1],
] as const)('the SQL for deleted %s', (table, snapshot, place) => {
  const row = (name: string, id: string, time: string): Promise<unknown> =>
    connection.run(`INSERT INTO ${name} VALUES ('${id.slice(0, 1)}', '${id}', '${time}', '{}')`);
  /** A row of the table that deletions are looked for in, read at a time of day. */
  const known = (id: string, time: string): Promise<unknown> => row(table, id, `2026-03-02T${time}:00Z`);
  /** A row of the snapshot; locations are the first letters of ids. */
  const listed = (id: string, time = '12:00', sync = SYNC): Promise<unknown> =>
    connection.run(
      `INSERT INTO ${snapshot} VALUES ('${id.slice(0, 1)}', '${id}', '2026-03-02T${time}:00Z', '{"sync_id": ${sync}}')`,
    );
  const location = (id: string, status = 'ok'): Promise<unknown> =>
    connection.run(
      `INSERT INTO locations VALUES ('${id}', '${status}', '2026-03-02T12:10:00Z', '{"sync_id": ${SYNC}, "changes": []}')`,
    );
  const deleted = async (): Promise<readonly unknown[]> => {
    const sql = (await queriesOf('docs/deletions.md'))[place] ?? '';
    const reader = await connection.runAndReadAll(`SELECT id FROM (${sql}) ORDER BY id`);
    return reader.getRowObjectsJson().map(({ id }) => id);
  };

  beforeEach(async () => {
    for (const name of [table, snapshot]) {
      await connection.run(
        `CREATE OR REPLACE TABLE ${name} (location_id VARCHAR, id VARCHAR, _airbyte_extracted_at TIMESTAMPTZ, _airbyte_meta JSON)`,
      );
    }
    await connection.run(
      'CREATE OR REPLACE TABLE locations (location_id VARCHAR, access_status VARCHAR, _airbyte_extracted_at TIMESTAMPTZ, _airbyte_meta JSON)',
    );
  });

  test('finds what was read before and is not in the snapshot', async () => {
    await location('A');
    await known('A1', '08:00');
    await known('A2', '08:00');
    await listed('A1');
    await listed('A3');
    await expect(deleted()).resolves.toStrictEqual(['A2']);
  });

  test('tells the same id in two locations apart', async () => {
    await location('A');
    await location('B');
    await known('A1', '08:00');
    await row(table, 'B1', '2026-03-02T08:00:00Z');
    await connection.run(`UPDATE ${table} SET id = 'X'`);
    await listed('A1');
    await connection.run(`UPDATE ${snapshot} SET id = 'X'`);
    await listed('B2');
    await expect(deleted()).resolves.toStrictEqual(['X']);
  });

  test.each(['inactive', 'failed'])('finds nothing in a location that is %s', async (status) => {
    await location('A');
    await location('B', status);
    await known('A2', '08:00');
    await known('B1', '08:00');
    await known('B2', '08:00');
    await listed('A1');
    // It was read in part before it was skipped.
    await listed('B1');
    await expect(deleted()).resolves.toStrictEqual(['A2']);
  });

  test('finds nothing in a location that has no row in the snapshot, or none among the locations', async () => {
    await location('A');
    await location('B');
    await known('A1', '08:00');
    await known('B1', '08:00');
    await known('C1', '08:00');
    await listed('A1');
    await listed('C2');
    await expect(deleted()).resolves.toStrictEqual([]);
  });

  test('finds nothing by a snapshot that is older than what is known of the location', async () => {
    await location('A');
    await known('A2', '08:00');
    // Read in part, when the location was being skipped.
    await listed('A1', '11:00', EARLIER_SYNC);
    await expect(deleted()).resolves.toStrictEqual([]);
  });

  test('leaves out what was made after the snapshot was read, or just before', async () => {
    await location('A');
    await listed('A1', '12:00');
    await listed('A2', '12:05');
    await known('A3', '12:07');
    await known('A4', '12:02');
    await known('A5', '11:30');
    await known('A6', '10:59');
    await expect(deleted()).resolves.toStrictEqual(['A6']);
  });
});

test('the SQL of the README adds up a custom field over all locations', async () => {
  await connection.run('CREATE OR REPLACE TABLE contacts (location_id VARCHAR, custom_field_values JSON)');
  await connection.run(
    `INSERT INTO contacts VALUES
       ('A', '{"budget": 100, "color": "red"}'), ('A', '{"budget": 20.5}'), ('A', '{"color": "blue"}'), ('A', NULL),
       ('B', '{"budget": 7}')`,
  );
  const [sql = ''] = await queriesOf('README.md');
  const reader = await connection.runAndReadAll(`SELECT * FROM (${sql}) ORDER BY location_id`);
  const rows = reader.getRowObjectsJson();
  expect(rows.map(({ budget, ...row }) => ({ ...row, budget: Number(budget) }))).toStrictEqual([
    { location_id: 'A', contacts: '2', budget: 120.5 },
    { location_id: 'B', contacts: '1', budget: 7 },
  ]);
});
