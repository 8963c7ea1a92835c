import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isJsonArray, isJsonObject, type JsonObject, textAt } from '../src/foundation/json.ts';
import type { AirbyteStream } from '../src/protocol/messages.ts';
import { type Agency, startAgency } from './demo/agency.ts';
import { differenceLines } from './demo/difference-lines.ts';
import { keepDeleted } from './demo/keep-deleted.ts';
import { overviewLines } from './demo/overview-lines.ts';
import { passADay } from './demo/pass-a-day.ts';
import { createPlatform, type Platform } from './demo/platform.ts';
import { queryOverview } from './demo/query-overview.ts';
import { readTruth, type Truth } from './demo/read-truth.ts';
import { syncAndVerify, type VerifiedSync } from './demo/sync-and-verify.ts';
import { syncLines } from './demo/sync-lines.ts';
import { tableOf } from './demo/table.ts';
import { terminal } from './demo/terminal.ts';
import { openWarehouse, type Warehouse } from './demo/warehouse.ts';

const { line, lines, paint, step, title } = terminal;
const FOLDER = fileURLToPath(new URL('../.demo', import.meta.url));

const settingsOf = ({ connectionSpecification: form }: JsonObject): string => {
  const settings = isJsonObject(form) && isJsonObject(form['properties']) ? form['properties'] : {};
  const { credentials } = settings;
  const ways =
    isJsonObject(credentials) && isJsonArray(credentials['oneOf']) ? credentials['oneOf'].length : 0;
  return `${Object.keys(settings).length} settings, ${ways} ways to sign in`;
};

const prepare = async (platform: Platform, warehouse: Warehouse): Promise<readonly AirbyteStream[]> => {
  step('spec', settingsOf(await platform.spec()));
  await platform.check();
  step('check', 'SUCCEEDED');
  const streams = await platform.discover();
  const tables = streams.map(tableOf);
  for (const table of tables) await warehouse.create(table);
  const incremental = tables.filter(({ isIncremental }) => isIncremental).map(({ name }) => name);
  step('discover', `${tables.length} streams; ${incremental.join(' and ')} are incremental`);
  return streams;
};

/** @returns whether the database is as HighLevel */
const report = ({ simulator }: Agency, sync: VerifiedSync): boolean => {
  const { requests, seconds, stateBytes, isConfigReplaced, values, differences } = sync;
  const places = simulator.world
    .locations()
    .map((row) => ({ id: textAt(row, 'id') ?? '', name: textAt(row, 'name') ?? '' }));
  const [header = '', ...rows] = syncLines(sync.streams, places);
  line(paint('dim', header));
  lines(rows);
  line();
  line(
    `${requests} requests in ${seconds.toFixed(1)} s; a state of ${stateBytes.toLocaleString('en')} bytes`,
  );
  if (isConfigReplaced)
    line('the access token had expired: renewed, and the new refresh token kept in the config');
  if (differences.length === 0) {
    line(
      paint('green', `✔ all ${values.toLocaleString('en')} values in the database are as HighLevel has them`),
    );
    return true;
  }
  line(
    paint(
      'red',
      `✘ ${differences.length.toLocaleString('en')} differences between HighLevel and the database`,
    ),
  );
  line();
  lines(differenceLines(differences));
  return false;
};

/** @returns whether both syncs brought exactly what HighLevel has */
const tour = async (agency: Agency, warehouse: Warehouse): Promise<boolean> => {
  const { simulator, served } = agency;
  const platform = createPlatform(served.connectorConfig('oauth'));
  const sync = (streams: readonly AirbyteStream[], truth: () => Promise<Truth>): Promise<VerifiedSync> =>
    syncAndVerify({ agency, platform, warehouse, streams, truth });

  title('A HighLevel, a connector and a database');
  step(
    'HighLevel',
    `simulated at ${served.url}: an agency with ${simulator.world.locationIds().length} locations`,
  );
  step('database', `DuckDB in ${relative(process.cwd(), warehouse.path)}`);
  const streams = await prepare(platform, warehouse);

  title('First sync: everything');
  const firstTruth = await readTruth(simulator);
  const isFirstEqual = report(agency, await sync(streams, () => Promise.resolve(firstTruth)));
  const firstOverview = await queryOverview(warehouse);

  title('A day passes in HighLevel');
  const { events, deletedContacts } = passADay(agency);
  lines(events.map((event) => `• ${event}`));

  title('Second sync: what changed, from the saved state');
  const truth = async (): Promise<Truth> =>
    keepDeleted(await readTruth(simulator), firstTruth, deletedContacts);
  const isSecondEqual = report(agency, await sync(streams, truth));
  line(
    `(incremental reads cannot see deletions: the ${deletedContacts.size} deleted contacts are expected to stay)`,
  );

  title('Pipeline overview by stage, and what changed since the first sync');
  const [header = '', ...rows] = overviewLines(await queryOverview(warehouse), firstOverview);
  line(paint('dim', header));
  lines(rows);
  line();
  line('the query is scripts/demo/pipeline-overview.sql');
  const isEqual = isFirstEqual && isSecondEqual;
  if (!isEqual) line(paint('red', '✘ the database is not as HighLevel: see the differences above'));
  return isEqual;
};

const agency = await startAgency();
try {
  const warehouse = await openWarehouse(FOLDER);
  try {
    process.exitCode = (await tour(agency, warehouse)) ? 0 : 1;
  } finally {
    warehouse.close();
  }
} catch (thrown) {
  process.stderr.write(`\n${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
  process.exitCode = 1;
} finally {
  await agency.served.close();
}
line();
