import fc from 'fast-check';
import { play } from './play.ts';
import { safely } from './safely.ts';
import type { Schedule } from './schedule.ts';
import type { Discovered } from './stage.ts';
import { arbitraryOf, SCENES, samplingOf, type Task } from './task.ts';

const LONGEST_MS = 30_000;

/** The smallest schedule that fails, as far as half a minute suffices to find it; undefined if the first did not end. */
export const shrink = async (task: Task, discovered: Discovered): Promise<Schedule | undefined> => {
  const property = fc.asyncProperty(arbitraryOf(task), async (schedule) => {
    const { problems } = await safely(() => play(schedule, discovered, SCENES[task.place]));
    return problems.length === 0;
  });
  const { counterexample } = await fc.check(property, {
    ...samplingOf(task),
    interruptAfterTimeLimit: LONGEST_MS,
  });
  return counterexample?.[0];
};
