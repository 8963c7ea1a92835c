import type { JsonObject } from '../foundation/json.ts';
import type { SearchKey } from './definition.ts';

/** Verifies, row by row, that a walk really ascends, and says how far a checkpoint may therefore claim. */
export interface AscendingRun {
  readonly observe: (row: JsonObject) => void;
  /**
   * Epoch ms up to which every row has been observed, as far as the order was seen to hold: the value before the last
   * one, whose place only its successor will prove. Undefined once the order is broken: then nothing can be claimed
   * before the end.
   */
  readonly reached: () => number | undefined;
  /** Largest value observed at all: what the whole walk has reached once it has ended. */
  readonly highest: () => number | undefined;
  readonly isBroken: () => boolean;
}

const larger = (a: number | undefined, b: number): number => (a === undefined || b > a ? b : a);

export const createAscendingRun = ({ valueOf, orderOf = valueOf }: SearchKey): AscendingRun => {
  let lastOrder = -Infinity;
  let last: number | undefined;
  let proven: number | undefined;
  let highest: number | undefined;
  let broken = false;
  return {
    observe: (row) => {
      const order = orderOf(row);
      const value = valueOf(row);
      if (order === undefined || value === undefined || order < lastOrder) broken = true;
      else lastOrder = order;
      if (value === undefined) return;
      if (last !== undefined) proven = larger(proven, last);
      last = value;
      highest = larger(highest, value);
    },
    reached: () => (broken ? undefined : proven),
    highest: () => highest,
    isBroken: () => broken,
  };
};

/** Whether rows ascend, as far as they say. */
export const isAscending =
  (key: SearchKey) =>
  (rows: readonly JsonObject[]): boolean => {
    const run = createAscendingRun(key);
    rows.forEach(run.observe);
    return !run.isBroken();
  };
