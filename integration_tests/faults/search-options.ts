import { availableParallelism } from 'node:os';
import yargs from 'yargs';

/** What a search is asked to do. */
export interface SearchOptions {
  readonly schedules: number;
  readonly processes: number;
  readonly seed: number;
  readonly workers: number;
  /** A file with a schedule, to play just that one. */
  readonly schedule: string | undefined;
}

const COUNTS = ['schedules', 'processes', 'seed', 'workers'] as const;

/** @throws Error that says what is wrong with the command line */
export const parseSearchOptions = async (argv: readonly string[]): Promise<SearchOptions> => {
  const options = await yargs(argv)
    .scriptName('npm run test:faults --')
    .usage('Plays what may happen to a connection, and looks for lost rows, lost tokens and broken promises.')
    .options({
      schedules: { type: 'number', default: 200, describe: 'how many to play in process, on a fake clock' },
      processes: { type: 'number', default: 0, describe: 'how many to play after them with real processes' },
      seed: {
        type: 'number',
        default: 1,
        describe: 'of the first schedule; each has one more than the last',
      },
      workers: { type: 'number', default: availableParallelism(), describe: 'how many to play at a time' },
      schedule: {
        type: 'string',
        describe: 'play this JSON file and tell what happens; with --processes 1, with real processes',
      },
    })
    .strict()
    .parseAsync();
  for (const name of COUNTS)
    if (!Number.isInteger(options[name]) || options[name] < (name === 'workers' ? 1 : 0))
      throw new RangeError(`--${name} wants a whole number${name === 'workers' ? ' from 1' : ''}.`);
  const { schedules, processes, seed, workers, schedule } = options;
  return { schedules, processes, seed, workers, schedule };
};
