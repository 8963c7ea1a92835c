import { fileURLToPath } from 'node:url';
import { hideBin } from 'yargs/helpers';
import type { Report } from './carry-out.ts';
import { discoverAll } from './discover.ts';
import { failureLines } from './failure-lines.ts';
import { play } from './play.ts';
import { readSchedule } from './read-schedule.ts';
import { safely } from './safely.ts';
import { parseSearchOptions, type SearchOptions } from './search-options.ts';
import { carryOutAll } from './search-pool.ts';
import { createTally } from './tally.ts';
import { type Place, SCENES, type Task } from './task.ts';
import { telling } from './transcript.ts';

/** It lies beside this program in the bundle. */
const WORKER = fileURLToPath(new URL('./search-worker.js', import.meta.url));
/** The first ones are made small: what breaks one schedule often breaks many, and each takes half a minute. */
const MOST_SHRUNK = 4;

const write = (line: string): void => void process.stdout.write(`${line}\n`);

/** One line that is always the newest, for people who wait. */
const showProgress = (text: string): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${text}`);
};

const search = async ({ schedules, processes, seed, workers }: SearchOptions): Promise<boolean> => {
  const began = performance.now();
  const tally = createTally();
  const tasksOf = function* (place: Place, total: number): Generator<Task> {
    for (let index = 0; index < total; index += 1)
      yield { place, seed: seed + index, mayShrink: tally.failures() < MOST_SHRUNK };
  };
  const onReport = (report: Report): void => {
    tally.add(report);
    showProgress('');
    failureLines(report).forEach(write);
    showProgress(`${tally.schedules()} of ${schedules + processes} schedules, ${tally.failures()} failed`);
  };
  const pool = { program: WORKER, workers, onReport };
  await carryOutAll(tasksOf('in process', schedules), pool);
  await carryOutAll(tasksOf('as processes', processes), pool);
  showProgress('');
  tally.lines(performance.now() - began).forEach(write);
  return tally.failures() === 0;
};

const playFile = async (path: string, place: Place): Promise<boolean> => {
  const { name, schedule } = await readSchedule(path);
  write(name);
  const discovered = await discoverAll();
  const { problems } = await safely(() => play(schedule, discovered, telling(SCENES[place], write)));
  problems.forEach((problem) => {
    write(`PROBLEM ${problem}`);
  });
  if (problems.length === 0) write('no problem');
  return problems.length === 0;
};

const run = async (argv: readonly string[]): Promise<boolean> => {
  const options = await parseSearchOptions(argv);
  const { schedule, processes } = options;
  return schedule === undefined
    ? search(options)
    : playFile(schedule, processes > 0 ? 'as processes' : 'in process');
};

run(hideBin(process.argv)).then(
  (isWell) => {
    if (!isWell) process.exitCode = 1;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
