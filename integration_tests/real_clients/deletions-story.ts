import { deepStrictEqual } from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { passADay } from '../../scripts/demo/pass-a-day.ts';
import { documentedProgram } from './documented-program.ts';
import { createProgram } from './program.ts';
import { CONNECTOR, type Story } from './setting.ts';

const SQL = /```sql\n(.*?)```/gs;
/** What the document says to take out where there is no `sync_id`. */
const SAME_SYNC = "    AND (l._airbyte_meta ->> 'sync_id') = s.sync_id\n";
/** No hour passes between the reads of a test. */
const HOUR = "INTERVAL '1 hour'";
const ALL_STREAMS = 'source.select_all_streams()';
const FEW_STREAMS = 'source.select_streams(["contacts", "opportunities"])';

const documentedQueries = async (): Promise<readonly string[]> => {
  const text = await readFile(new URL('../../docs/deletions.md', import.meta.url), 'utf8');
  return [...text.matchAll(SQL)].map(([, sql = '']) =>
    sql.replace(SAME_SYNC, '').replace(HOUR, "INTERVAL '0 hour'"),
  );
};

const idsFoundIn = async (path: string): Promise<readonly unknown[]> => {
  const instance = await DuckDBInstance.create(path, { autoinstall_known_extensions: 'false' });
  const connection = await instance.connect();
  try {
    const ids: unknown[] = [];
    for (const sql of await documentedQueries()) {
      const reader = await connection.runAndReadAll(`SELECT id FROM (${sql})`);
      ids.push(...reader.getRowObjectsJson().map(({ id }) => id));
    }
    return ids.sort();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
};

/** The program of the README, followed by what the page on deletions adds to it. */
export const deletionsStory: Story = async (setting) => {
  const { report, agency, folder } = setting;
  const replacements = new Map([
    ['/path/to/source-highlevel/dist/main.js', CONNECTOR],
    [ALL_STREAMS, FEW_STREAMS],
  ]);
  const pieces = [
    await documentedProgram('README.md', replacements),
    await documentedProgram('docs/deletions.md', new Map()),
  ];
  const program = await createProgram(setting, { code: pieces.join('\n') });
  const path = join(folder, '.cache/default_cache/default_cache.duckdb');
  await report.claim('the SQL of docs/deletions.md finds no deletion before there is one', async () => {
    await program.run();
    deepStrictEqual(await idsFoundIn(path), []);
  });
  const { deletions } = passADay(agency);
  await report.claim('it finds what was deleted, and nothing else, a day later', async () => {
    await program.run();
    deepStrictEqual(await idsFoundIn(path), deletions.map(({ id }) => id).sort());
  });
};
