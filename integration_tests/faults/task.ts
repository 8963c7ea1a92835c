import fc, { type Arbitrary } from 'fast-check';
import { openAsProcess } from './as-process.ts';
import { processScheduleArbitrary } from './process-schedule.ts';
import { openInProcess, type OpenScene } from './scene.ts';
import type { Schedule } from './schedule.ts';
import { scheduleArbitrary } from './schedule-arbitrary.ts';

/** Where the schedules of a search are played. */
export type Place = 'in process' | 'as processes';

/** One schedule of a search, by the seed that makes it. */
export interface Task {
  readonly place: Place;
  readonly seed: number;
  /** Whether a schedule that fails is made as small as it goes. */
  readonly mayShrink: boolean;
}

const ARBITRARIES: Readonly<Record<Place, Arbitrary<Schedule>>> = {
  'in process': scheduleArbitrary,
  'as processes': processScheduleArbitrary,
};

export const SCENES: Readonly<Record<Place, OpenScene>> = {
  'in process': openInProcess,
  'as processes': openAsProcess,
};

export const arbitraryOf = ({ place }: Task): Arbitrary<Schedule> => ARBITRARIES[place];

/**
 * How a seed becomes a schedule, for a property as well. Left to itself, fast-check begins with small ones, and every
 * schedule of ours is the first of its seed.
 */
export const samplingOf = ({ seed }: Task) => ({ seed, numRuns: 1, unbiased: true }) as const;

/** The schedule of a seed: the one that a property with this seed begins with. */
export const scheduleOf = (task: Task): Schedule => {
  const [schedule] = fc.sample(arbitraryOf(task), samplingOf(task));
  if (schedule === undefined) throw new RangeError(`There is no schedule of seed ${task.seed}.`);
  return schedule;
};
