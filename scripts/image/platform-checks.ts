import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Check, requireExit } from './check.ts';
import { filesOf, READ_ARGS } from './command-checks.ts';
import { runContainer, withFolder } from './container.ts';
import { docker } from './docker.ts';
import { countsInOutput, countsInWorld } from './truth.ts';

const READ_WRITE_BY_ANYBODY = 0o777;
const READ_ONLY = 0o444;
/** Docker waits ten seconds between SIGTERM and SIGKILL. */
const LONGEST_STOP_MS = 8_000;
/** Kept back this long, the answers of a read are not all there when it is stopped. */
const LATENCY_MS = 1_000;

/** As in the platform's pod: its own working directory, named pipes, and the entry point out of the environment. */
const POD = `
mkfifo stdout stderr
cat stdout > records.jsonl &
cat stderr > log.txt &
(
  eval "$AIRBYTE_ENTRYPOINT read --config /source/connectorConfig.json --catalog /source/catalog.json --state /source/inputState.json" 2> stderr > stdout
  echo $? > exitCode.txt
)
wait
`;

export const readsOnPlatform: Check = async ({ image, simulator, served, catalog }) => {
  await withFolder(READ_WRITE_BY_ANYBODY, async (folder) => {
    const inputs = {
      'connectorConfig.json': served.connectorConfig('oauth'),
      'catalog.json': catalog,
      'inputState.json': [],
    };
    for (const [name, json] of Object.entries(inputs)) {
      const path = join(folder, name);
      await writeFile(path, JSON.stringify(json));
      await chmod(path, READ_ONLY);
    }
    const ended = await runContainer(image, {
      options: ['--volume', `${folder}:/source`, '--workdir', '/source', '--entrypoint', 'sh'],
      args: ['-c', POD],
    });
    requireExit(ended, 0);
    const written = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');
    strictEqual(await written('exitCode.txt'), '0\n', await written('log.txt'));
    deepStrictEqual(countsInOutput(await written('records.jsonl')), countsInWorld(simulator));
  });
};

export const stopsWhenTold: Check = async (setting) => {
  const { image, simulator } = setting;
  const name = `source-highlevel-${process.pid}`;
  let toldAtMs: number | undefined;
  simulator.knobs.latencyMs = LATENCY_MS;
  try {
    const ended = await runContainer(image, {
      files: filesOf(setting),
      options: ['--name', name],
      args: READ_ARGS,
      onOutput: (stdout) => {
        if (toldAtMs !== undefined || !stdout.includes('"type":"RECORD"')) return;
        toldAtMs = performance.now();
        void docker(['kill', '--signal', 'TERM', name]);
      },
    });
    const tookMs = performance.now() - (toldAtMs ?? 0);
    requireExit(ended, 143);
    ok(tookMs < LONGEST_STOP_MS, `it took ${tookMs.toFixed(0)} ms`);
    ok(ended.stdout.endsWith('\n'), 'its last line is not whole');
    ok(!('locations' in countsInOutput(ended.stdout)), 'it had read everything before it was told');
  } finally {
    simulator.knobs.latencyMs = 0;
  }
};
