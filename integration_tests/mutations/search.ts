/** Plays schedules one after the other until one shows a problem. Bundled with a mutation and run as a child process. */
import { discoverAll } from '../faults/discover.ts';
import { play } from '../faults/play.ts';
import { type Pinned, scheduleOf } from './schedule-of.ts';

const [first = '1', last = '1', pinnedText = '{}'] = process.argv.slice(2);
const pinned = JSON.parse(pinnedText) as Pinned;

const say = (message: object): void => {
  process.stdout.write(`${JSON.stringify(message)}\n`);
};

const problemOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

const discovered = await discoverAll();
for (let number = Number(first); number <= Number(last); number += 1) {
  // Told before it is played: one that never ends is known by what was said last.
  say({ playing: number });
  const problems = await play(scheduleOf(number, pinned), discovered).then(
    (played) => played.problems,
    (thrown: unknown) => [problemOf(thrown)],
  );
  const [problem] = problems;
  if (problem === undefined) continue;
  say({ caught: number, problem });
  break;
}
