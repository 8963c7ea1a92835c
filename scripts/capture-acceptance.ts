/**
 * Writes what the acceptance tests compare with: the rows that the built connector reads of the made-up account, and the
 * specification and the catalog of this version, which later versions must stay compatible with.
 */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import packageJson from '../package.json' with { type: 'json' };
import { openMadeUpAccount } from '../integration_tests/acceptance/account.ts';
import { objectAt, type RawRecord, recordsIn } from '../integration_tests/acceptance/raw-messages.ts';
import { identityOf, keyPathsOf } from '../integration_tests/acceptance/record-keys.ts';
import { suiteConfig } from '../integration_tests/acceptance/suite-config.ts';
import { choose, discover, onlyMessage, read, run } from '../integration_tests/acceptance/trial.ts';

const ROWS_PER_STREAM = 2;
/** When a row was emitted is not compared. */
const EMITTED_AT = 1_700_000_000_000;

const at = (path: string): string => fileURLToPath(new URL(`../integration_tests/${path}`, import.meta.url));

/** Streams whose rows differ from read to read. */
const unsteady = (suiteConfig.acceptance_tests.full_refresh?.tests ?? []).flatMap(
  ({ ignored_fields: fields = {} }) => Object.keys(fields),
);

/** What a release has printed is a promise. */
const keep = async (path: string, text: string): Promise<void> => {
  if (existsSync(path)) {
    console.log(`${path}: is there already`);
    return;
  }
  await writeFile(path, text);
  console.log(`${path}: written`);
};

const account = await openMadeUpAccount();
try {
  const config = account.configAt();
  const spec = objectAt(onlyMessage(await run('spec'), 'SPEC'), 'spec');
  const streams = await discover(config);
  const { version } = packageJson;
  await keep(
    at(`acceptance/spec-${version}.json`),
    await format(JSON.stringify(spec), { parser: 'json', printWidth: 110 }),
  );
  // A line a stream, so that a difference can be read.
  const lines = streams.map((stream) => JSON.stringify(stream)).join(',\n');
  await keep(at(`acceptance/catalog-${version}.json`), `{"streams":[\n${lines}\n]}\n`);

  const { messages } = await read(config, choose(streams, 'full_refresh'));
  const paths = keyPathsOf(streams);
  const place = (record: RawRecord): string => identityOf(record, paths);
  const records = [...recordsIn(messages)].sort((a, b) => (place(a) < place(b) ? -1 : 1));
  const expected = streams
    .filter(({ name }) => !unsteady.includes(name))
    .flatMap(({ name }) => records.filter(({ stream }) => stream === name).slice(0, ROWS_PER_STREAM))
    .map(({ stream, data }) => JSON.stringify({ stream, data, emitted_at: EMITTED_AT }));
  await writeFile(at('expected_records.jsonl'), `${expected.join('\n')}\n`);
  console.log(`${expected.length} rows expected`);
} finally {
  await account.close();
}
