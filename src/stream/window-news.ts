import type { JsonObject } from '../foundation/json.ts';
import type { WindowsRetrieval } from './definition.ts';

type Times = Pick<WindowsRetrieval, 'by' | 'changed' | 'isEventTime'>;

/** The latest time that a row tells of itself: when it changed, or was made. The time of an event tells neither. */
const newestOf = ({ by, changed, isEventTime = false }: Times, row: JsonObject): number | undefined => {
  const made = isEventTime ? undefined : by.valueOf(row);
  const at = changed?.valueOf(row);
  return made === undefined || at === undefined ? (at ?? made) : Math.max(at, made);
};

/** For the first pass: rows made or changed since the start date, and rows that do not say. */
export const isSinceStart =
  (times: Times, startDate: number | undefined) =>
  (row: JsonObject): boolean => {
    const newest = newestOf(times, row);
    return startDate === undefined || newest === undefined || newest >= startDate;
  };

interface Known {
  /** What changed before this has been emitted; epoch ms. */
  readonly since: number;
  /** Windows from here on have not been read before; epoch ms. */
  readonly beyond?: number;
}

/** For later passes: rows made, changed or come within reach since, and all that do not say when they changed. */
export const isNews =
  (times: Times, { since, beyond = Infinity }: Known) =>
  (row: JsonObject): boolean => {
    if (times.changed?.valueOf(row) === undefined) return true;
    if ((times.by.valueOf(row) ?? -Infinity) >= beyond) return true;
    return (newestOf(times, row) ?? Infinity) >= since;
  };
