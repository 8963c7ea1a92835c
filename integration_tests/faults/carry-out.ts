import { play } from './play.ts';
import { safely } from './safely.ts';
import type { Schedule } from './schedule.ts';
import { shrink } from './shrink.ts';
import type { Discovered } from './stage.ts';
import { SCENES, scheduleOf, type Task } from './task.ts';

/** What came of a task; JSON, because it goes from one process to another. */
export interface Report {
  readonly task: Task;
  readonly problems: readonly string[];
  readonly attempts: number;
  readonly requests: number;
  readonly virtualMs: number;
  readonly done: Readonly<Record<string, number>>;
  readonly shrunk?: Schedule;
  /** Of the process that carried it out, until then. */
  readonly peakBytes: number;
}

/** Plays the schedule of a seed, and makes it small if it fails. */
export const carryOut = async (task: Task, discovered: Discovered): Promise<Report> => {
  const { done, ...played } = await safely(() => play(scheduleOf(task), discovered, SCENES[task.place]));
  const hasFailed = played.problems.length > 0;
  const shrunk = hasFailed && task.mayShrink ? await shrink(task, discovered) : undefined;
  return {
    task,
    ...played,
    done: Object.fromEntries(done),
    ...(shrunk !== undefined && { shrunk }),
    peakBytes: process.resourceUsage().maxRSS * 1024,
  };
};
