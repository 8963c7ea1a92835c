import { readFile } from 'node:fs/promises';
import { isJsonObject } from '../../src/foundation/json.ts';
import type { Schedule } from './schedule.ts';

/** A schedule that is kept, and what was wrong when it failed. */
export interface KeptSchedule {
  readonly name: string;
  readonly schedule: Schedule;
}

const isSchedule = (value: unknown): value is Schedule =>
  isJsonObject(value) &&
  ['seed', 'locations', 'rows', 'indexLagMs', 'clockOffsetMs'].every(
    (key) => typeof value[key] === 'number',
  ) &&
  ['signIn', 'quota'].every((key) => typeof value[key] === 'string') &&
  Array.isArray(value['streams']) &&
  Array.isArray(value['rounds']);

/** Reads a regression, or the schedule alone as a search prints it. */
export const readSchedule = async (path: string): Promise<KeptSchedule> => {
  const value: unknown = JSON.parse(await readFile(path, 'utf8'));
  const kept = isJsonObject(value) && isJsonObject(value['schedule']) ? value : { schedule: value };
  const { schedule } = kept;
  if (!isSchedule(schedule)) throw new TypeError(`There is no schedule in ${path}.`);
  const name = 'name' in kept && typeof kept['name'] === 'string' ? kept['name'] : path;
  return { name, schedule };
};
