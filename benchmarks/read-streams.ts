import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JsonObject } from '../src/foundation/json.ts';
import type { Bench } from './bench.ts';
import { problemsIn } from './problems-in.ts';
import { type ProgramRun, type RunOptions, runProgram } from './run-program.ts';
import type { SimulatorProcess } from './simulator-process.ts';

export interface Reading extends Omit<RunOptions, 'args' | 'usage'> {
  readonly simulator: Pick<SimulatorProcess, 'config'>;
  readonly streams: readonly string[];
  readonly settings?: JsonObject;
  /** STATE messages to go on from. */
  readonly state?: readonly JsonObject[];
  /** A run that brings another number of records has failed; undefined: any number will do. */
  readonly records: number | undefined;
}

const catalogOf = (streams: readonly string[]): JsonObject => ({
  streams: streams.map((name) => ({
    stream: { name, json_schema: {}, supported_sync_modes: ['incremental'] },
    sync_mode: 'incremental',
    destination_sync_mode: 'append_dedup',
  })),
});

/** Syncs the streams. @throws Error when a record is missing or comes twice, or anything is warned about */
export const readStreams = async ({ programs }: Bench, reading: Reading): Promise<ProgramRun> => {
  const { simulator, streams, settings = {}, state, records, ...options } = reading;
  const folder = await mkdtemp(join(programs.folder, 'sync-'));
  const files: Readonly<Record<string, unknown>> = {
    config: { ...simulator.config, ...settings },
    catalog: catalogOf(streams),
    ...(state !== undefined && { state: state.map((message) => message['state']) }),
  };
  const args = ['read'];
  for (const [name, json] of Object.entries(files)) {
    const path = join(folder, `${name}.json`);
    await writeFile(path, JSON.stringify(json));
    args.push(`--${name}`, path);
  }
  const run = await runProgram(programs.connector, { ...options, usage: programs.usage, args });
  const problems = problemsIn(run.others);
  const wanted = records ?? run.records;
  if (run.exitCode !== 0 || run.records !== wanted || problems.length > 0)
    throw new Error(
      `The sync ended with code ${String(run.exitCode)} and ${run.records} of ${wanted} records. ${problems.join('\n')}`,
    );
  return run;
};
