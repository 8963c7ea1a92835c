/** Breaks each rule on purpose, and shows what notices. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import prettier from 'prettier';
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { bundleSearch } from './bundle.ts';
import { hunt, type Verdict } from './hunt.ts';
import type { Edit, Mutation } from './mutation.ts';
import { MUTATIONS } from './mutations.ts';
import { runJest } from './run-jest.ts';
import type { Pinned } from './schedule-of.ts';
import { openResults } from './kept-results.ts';
import { isAlarming, type Result, rowsOfPage, tableOf } from './table.ts';

const PAGE = join(import.meta.dirname, '../../docs/mutations.md');

/** The unit tests beside the files that are edited; those with properties have a clock and chance of their own. */
const testsBeside = (edits: readonly Edit[]): string => {
  const folders = new Set(edits.map(({ file }) => file.replace(/[^/]*$/, '')));
  return `^(?!.*property).*(${[...folders].join('|')})[^/]*$`;
};

const options = await yargs(hideBin(process.argv))
  .option('only', { type: 'string', array: true, describe: 'Mutations by name; commas may part them' })
  .option('schedules', { type: 'number', default: 3000, describe: 'Schedules at most' })
  .option('workers', { type: 'number', default: 2, describe: 'Mutations at once' })
  .option('tests', {
    choices: ['all', 'unseen', 'none'] as const,
    default: 'unseen' as const,
    describe: 'Run the unit tests for all mutations, or for those that the search does not see',
  })
  .option('resume', { type: 'boolean', default: false, describe: 'Go on where the last run was ended' })
  .option('write', {
    type: 'boolean',
    default: false,
    describe: 'Write docs/mutations.md, or the rows of the chosen mutations',
  })
  .strict()
  .parseAsync();

const sound = await bundleSearch('sound', []);

/** @throws Error when the connector as it is has a problem with the schedule too: then the search tells nothing */
const assertSound = async (pinned: Pinned, number: number): Promise<void> => {
  const verdict = await hunt({ program: sound, pinned, first: number, last: number });
  if (verdict.kind === 'caught')
    throw new Error(
      `Without any mutation, schedule ${number} with ${JSON.stringify(pinned)}: ${verdict.problem}`,
    );
};

/** What the search makes of a mutation. @returns undefined where no schedule can show it */
const searched = async ({ name, edits, unseen, pinned = {} }: Mutation): Promise<Verdict | undefined> => {
  const program = await bundleSearch(name, edits);
  if (unseen !== undefined) return undefined;
  const verdict = await hunt({ program, pinned, first: 1, last: options.schedules });
  if (verdict.kind === 'caught' && verdict.after !== undefined) await assertSound(pinned, verdict.after);
  return verdict;
};

const needsTests = (bySearch: Verdict | undefined): boolean =>
  options.tests === 'all' || (options.tests === 'unseen' && bySearch?.kind !== 'caught');

/** What a run before this one has found out is not found out again. */
const resultOf = async (mutation: Mutation, known: Result | undefined): Promise<Result> => {
  const { edits, tests = testsBeside(edits) } = mutation;
  const bySearch = known === undefined ? await searched(mutation) : known.bySearch;
  const byTests = known?.byTests ?? (needsTests(bySearch) ? await runJest(edits, tests) : undefined);
  return { mutation, bySearch, byTests };
};

const lineOf = (result: Result): string => {
  const { mutation, bySearch, byTests } = result;
  const mark = isAlarming(result)
    ? 'SURVIVED'
    : (mutation.equivalent ?? mutation.unseen)
      ? 'known'
      : 'caught';
  const how = [bySearch, byTests].map((verdict) => (verdict?.kind === 'caught' ? verdict.problem : '–'));
  return [
    mark.padEnd(9),
    mutation.name.padEnd(36),
    String(bySearch?.after ?? '').padStart(5),
    ...how.map((words) => words.slice(0, 110)),
  ].join(' ');
};

const only = options.only?.flatMap((names) => names.split(','));
const chosen = MUTATIONS.filter(({ name }) => only?.includes(name) ?? true);
if (chosen.length === 0) throw new RangeError('There is no such mutation.');
const kept = await openResults(options.resume);
const waiting = [...chosen];
const results = new Map<Mutation, Result>();
const failures: string[] = [];
const work = async (): Promise<void> => {
  for (let mutation = waiting.shift(); mutation !== undefined; mutation = waiting.shift()) {
    try {
      const result = await resultOf(mutation, kept.of(mutation));
      results.set(mutation, result);
      await kept.keep(result);
      console.log(lineOf(result));
    } catch (thrown) {
      failures.push(mutation.name);
      console.log(`NO RESULT ${mutation.name}: ${String(thrown)}`);
    }
  }
};
await Promise.all(Array.from({ length: options.workers }, work));

const ordered = chosen.flatMap((mutation) => results.get(mutation) ?? []);
const survivors = ordered.filter(isAlarming);
console.log(
  `${ordered.length} mutations, ${survivors.length} unnoticed, ${failures.length} without a result.`,
);
if (options.write && failures.length === 0) {
  const config = await prettier.resolveConfig(PAGE);
  const before = options.only === undefined ? [] : rowsOfPage(await readFile(PAGE, 'utf8'));
  const page = tableOf(ordered, { before, names: MUTATIONS.map(({ name }) => name) });
  await writeFile(PAGE, await prettier.format(page, { ...config, filepath: PAGE }));
}
process.exitCode = survivors.length + failures.length === 0 ? 0 : 1;
