import fc from 'fast-check';
import { play } from './play.ts';
import { reduce } from './reduce.ts';
import { safely } from './safely.ts';
import type { Schedule } from './schedule.ts';
import type { Discovered } from './stage.ts';
import { arbitraryOf, SCENES, samplingOf, scheduleOf, type Task } from './task.ts';

/** Each of the two ways. */
const LONGEST_MS = 15_000;

/**
 * The smallest schedule that fails, as far as half a minute suffices: fast-check makes numbers and lists smaller by
 * halves, and then single things are taken away, which it comes to last.
 */
export const shrink = async (task: Task, discovered: Discovered): Promise<Schedule> => {
  const fails = async (schedule: Schedule): Promise<boolean> => {
    const { problems } = await safely(() => play(schedule, discovered, SCENES[task.place]));
    return problems.length > 0;
  };
  const property = fc.asyncProperty(arbitraryOf(task), async (schedule) => !(await fails(schedule)));
  const { counterexample } = await fc.check(property, {
    ...samplingOf(task),
    interruptAfterTimeLimit: LONGEST_MS,
  });
  const until = performance.now() + LONGEST_MS;
  const [smaller = scheduleOf(task)] = counterexample ?? [];
  return reduce(smaller, { fails, hasTime: () => performance.now() < until });
};
