import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isJsonArray, isJsonObject, type JsonObject } from '../src/foundation/json.ts';
import type { AirbyteStream } from '../src/protocol/messages.ts';
import { type Agency, startAgency } from './demo/agency.ts';
import { findDeletions } from './demo/deletions.ts';
import { overviewLines } from './demo/overview-lines.ts';
import { passADay } from './demo/pass-a-day.ts';
import { createPlatform, type Platform } from './demo/platform.ts';
import { queryOverview } from './demo/query-overview.ts';
import { REPORTS, reportLines } from './demo/report.ts';
import { syncAndVerify, type VerifiedSync } from './demo/sync-and-verify.ts';
import { tableOf } from './demo/table.ts';
import { tellOfSync } from './demo/tell-of-sync.ts';
import { terminal } from './demo/terminal.ts';
import { openWarehouse, type Warehouse } from './demo/warehouse.ts';

const { line, lines, paint, step, table, title } = terminal;
const FOLDER = fileURLToPath(new URL('../.demo', import.meta.url));
const COSTLY_STREAMS = ['contact_notes', 'contact_attributions'];

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
  for (const one of tables) await warehouse.create(one);
  const incremental = tables.filter(({ isIncremental }) => isIncremental).length;
  step('discover', `${tables.length} streams, ${incremental} of them incremental`);
  return streams;
};

/** @returns whether the deletions that the database tells of are those that there were */
const report = async (
  { warehouse, agency }: { readonly warehouse: Warehouse; readonly agency: Agency },
  firstOverview: Awaited<ReturnType<typeof queryOverview>>,
  deletions: Parameters<typeof findDeletions>[1],
): Promise<boolean> => {
  await warehouse.setNow(agency.now());
  title('Pipeline overview by stage, and what changed since the first sync');
  table(overviewLines(await queryOverview(warehouse), firstOverview));
  for (const one of REPORTS) {
    title(one.title);
    table(await reportLines(warehouse, one));
  }
  title('Deletions found: in the merged tables, and no longer among all ids');
  const found = await findDeletions(warehouse, deletions);
  table(found.lines);
  line();
  line(
    found.areTrue
      ? paint('green', `✔ these are the ${deletions.length} rows that were deleted, and no others`)
      : paint('red', `✘ ${deletions.length} rows were deleted, and not these`),
  );
  line();
  line('the queries are scripts/demo/*.sql, and the database is still there to ask more of it');
  return found.areTrue;
};

/** @returns whether both syncs brought exactly what HighLevel has */
const tour = async (agency: Agency, warehouse: Warehouse): Promise<boolean> => {
  const { simulator, served } = agency;
  const platform = createPlatform(served.connectorConfig('oauth', { costly_streams: COSTLY_STREAMS }));

  title('A HighLevel, a connector and a database');
  step(
    'HighLevel',
    `simulated at ${served.url}: an agency with ${simulator.world.locationIds().length} locations,`,
  );
  step('', 'and a hundred times the real quota, so that nobody has to wait');
  step('database', `DuckDB in ${relative(process.cwd(), warehouse.path)}`);
  const streams = await prepare(platform, warehouse);
  const sync = async (earlier?: VerifiedSync): Promise<VerifiedSync> => {
    const verified = await syncAndVerify({ agency, platform, warehouse, streams, earlier });
    tellOfSync(agency, verified);
    return verified;
  };

  title('First sync: everything');
  const first = await sync();
  const firstOverview = await queryOverview(warehouse);
  const before = await findDeletions(warehouse, []);

  title('A day passes in HighLevel');
  const { events, deletions } = passADay(agency);
  lines(events.map((event) => `• ${event}`));

  title('Second sync: what changed, from the saved state');
  const second = await sync(first);

  const areDeletionsFound = await report({ warehouse, agency }, firstOverview, deletions);
  const isEqual = [first, second].every(({ differences }) => differences.length === 0);
  if (!isEqual) line(paint('red', '✘ the database is not as HighLevel: see the differences above'));
  if (!before.areTrue) line(paint('red', '✘ deletions were found before there were any'));
  return isEqual && areDeletionsFound && before.areTrue;
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
