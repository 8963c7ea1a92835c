import type { JsonObject } from '../../../src/foundation/json.ts';
import { textOf } from '../text-of.ts';

type Direction = 'asc' | 'desc';

/** Where a row stands in a list: by a value, rows without one at the end whatever the direction, and by id in a tie. */
export interface Place {
  readonly value: number | null;
  readonly id: string;
}

export interface PlacedRow extends Place {
  readonly row: JsonObject;
}

/** Less than 0 if `left` comes first. */
export const comparePlaces = (left: Place, right: Place, direction: Direction): number => {
  const sign = direction === 'asc' ? 1 : -1;
  if (left.value !== right.value) {
    if (left.value === null) return 1;
    if (right.value === null) return -1;
    return sign * (left.value - right.value);
  }
  if (left.id === right.id) return 0;
  return left.id < right.id ? -sign : sign;
};

export const placeRows = (
  rows: readonly JsonObject[],
  valueOf: (row: JsonObject) => number | null,
  direction: Direction,
): readonly PlacedRow[] =>
  rows
    .map((row) => ({ row, value: valueOf(row), id: textOf(row['id']) }))
    .sort((left, right) => comparePlaces(left, right, direction));
