import { ok, strictEqual } from 'node:assert/strict';
import { join } from 'node:path';
import { passADay } from '../../scripts/demo/pass-a-day.ts';
import { isJsonObject, textAt } from '../../src/foundation/json.ts';
import { documentedProgram } from './documented-program.ts';
import { createProgram } from './program.ts';
import { mergedTables, type Setting, type Story } from './setting.ts';
import { type Expected, verifyCache } from './verify-cache.ts';

const EXECUTABLE = 'local_executable="/path/to/source-highlevel/dist/main.js"';
const READ = /Read ([\d,]+) records/g;

const recordsRead = (output: string): number =>
  Math.max(...[...output.matchAll(READ)].map(([, count = '']) => Number(count.replaceAll(',', ''))));

const refreshTokenOf = (config: unknown): string | undefined => {
  const credentials = isJsonObject(config) ? config['credentials'] : undefined;
  return isJsonObject(credentials) ? textAt(credentials, 'refresh_token') : undefined;
};

const readTwice = async (setting: Setting, source: string): Promise<void> => {
  const { report, agency, folder, config } = setting;
  const code = await documentedProgram('README.md', new Map([[EXECUTABLE, source]]));
  const program = await createProgram(setting, { code });
  const place = {
    agency,
    tables: mergedTables(setting),
    path: join(folder, '.cache/default_cache/default_cache.duckdb'),
  };
  const firstToken = refreshTokenOf(config());
  let first = 0;
  let earlier: Expected | undefined;
  await report.claim(
    "the README's program brings every value of every stream into its database",
    async () => {
      first = recordsRead(await program.run());
      earlier = await verifyCache(place);
    },
  );
  // Longer than an access token lives.
  passADay(agency);
  await report.claim(
    'run again a day later, it reads what has changed, and the database has it',
    async () => {
      const second = recordsRead(await program.run());
      ok(second > 0 && second < first, `the first run read ${first} records, and the second ${second}`);
      await verifyCache({ ...place, ...(earlier && { earlier }) });
    },
  );
  await report.claim('the configuration has the tokens that were rotated meanwhile', async () => {
    const kept: unknown = JSON.parse(await program.configText());
    strictEqual(refreshTokenOf(kept), refreshTokenOf(config()));
    ok(refreshTokenOf(kept) !== firstToken, 'no token was rotated');
  });
};

/** The program of the README, with the connector at its place. */
export const readmeStory =
  (connector: string): Story =>
  (setting) =>
    readTwice(setting, `local_executable="${connector}"`);

/** The same with an image, which reaches the simulated HighLevel through the network of this machine. */
export const readmeImageStory =
  (image: string): Story =>
  (setting) =>
    readTwice(setting, `docker_image="${image}",\n    use_host_network=True`);
