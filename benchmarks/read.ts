/** Reads contacts of a simulated agency through the built connector, and prints its rows, time and peak memory. */
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { isJsonObject, type JsonObject } from '../src/foundation/json.ts';

type Child = ChildProcessByStdio<null, Readable, null>;

const start = (command: string, args: readonly string[]): Child =>
  spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });

const parse = (line: string): JsonObject => {
  const json: unknown = JSON.parse(line);
  if (!isJsonObject(json)) throw new Error(`not a JSON object: ${line.slice(0, 100)}`);
  return json;
};

const firstLine = async (child: Child): Promise<JsonObject> => {
  for await (const line of createInterface(child.stdout)) return parse(line);
  throw new Error('the simulator did not start');
};

/** The most memory the process has had at once, as Linux counts it. */
const peakMemoryMiB = async (pid: number): Promise<number> => {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
};

const catalog = {
  streams: [
    {
      stream: { name: 'contacts', json_schema: {}, supported_sync_modes: ['incremental'] },
      sync_mode: 'incremental',
      destination_sync_mode: 'append_dedup',
    },
  ],
};

const countLines = (chunk: Buffer): number => {
  let lines = 0;
  for (const byte of chunk) if (byte === 10) lines += 1;
  return lines;
};

const measure = async (config: JsonObject): Promise<JsonObject> => {
  const folder = await mkdtemp(join(tmpdir(), 'source-highlevel-'));
  const paths = { config: join(folder, 'config.json'), catalog: join(folder, 'catalog.json') };
  await writeFile(paths.config, JSON.stringify(config));
  await writeFile(paths.catalog, JSON.stringify(catalog));
  const startedAt = Date.now();
  const reader = start(process.execPath, [
    'dist/main.js',
    'read',
    ...['--config', paths.config],
    ...['--catalog', paths.catalog],
  ]);
  let lines = 0;
  let peakMiB = 0;
  const watch = setInterval(() => {
    void peakMemoryMiB(reader.pid ?? 0).then((now) => {
      peakMiB = Math.max(peakMiB, now);
    });
  }, 20);
  reader.stdout.on('data', (chunk: Buffer) => {
    lines += countLines(chunk);
  });
  const exitCode = await new Promise<number | null>((resolve) => reader.on('close', resolve));
  clearInterval(watch);
  await rm(folder, { recursive: true });
  return {
    exitCode,
    lines,
    seconds: (Date.now() - startedAt) / 1000,
    peakMemoryMiB: Math.round(peakMiB),
  };
};

const { locations, contacts } = await yargs(hideBin(process.argv))
  .usage('npm run bench:read -- --locations 300 --contacts 100')
  .options({
    locations: { type: 'number', default: 1, describe: 'sub-accounts of the agency' },
    contacts: { type: 'number', default: 100_000, describe: 'contacts in each' },
  })
  .strict()
  .parseAsync();
const simulator = start(process.execPath, [
  ...['--import', 'tsx', 'integration_tests/simulator/main.ts', '--json', '--opportunities', '0'],
  ...['--locations', String(locations), '--contacts', String(contacts)],
  // The connector's own work is measured here, so the quota must not be what it waits for.
  ...['--rate-limit', '1000000'],
]);
try {
  const { config } = await firstLine(simulator);
  if (!isJsonObject(config)) throw new Error('the simulator printed no config');
  console.log(JSON.stringify({ locations, contacts, ...(await measure(config)) }));
} finally {
  simulator.kill();
}
