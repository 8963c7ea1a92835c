import { rowKey, type Table } from './table.ts';
import type { Cells } from './warehouse.ts';

export interface Difference {
  readonly stream: string;
  /** The row's primary key. */
  readonly key: string;
  /** Undefined when the whole row is missing, there twice or too many. */
  readonly column?: string;
  readonly expected: string | null;
  readonly found: string | null;
}

const IN = 'a row';
const NONE = 'no row';

/** Every value of every row in which a table differs from what it must hold. */
export const findDifferences = (
  table: Table,
  expected: readonly Cells[],
  found: readonly Cells[],
): readonly Difference[] => {
  const { name: stream, columns } = table;
  const keyOf = rowKey(table);
  const inTable = new Map(found.map((cells) => [keyOf(cells), cells]));
  const ofRow = (cells: Cells): readonly Difference[] => {
    const key = keyOf(cells);
    const row = inTable.get(key);
    inTable.delete(key);
    if (row === undefined) return [{ stream, key, expected: IN, found: NONE }];
    return columns
      .map(({ name: column }) => ({
        stream,
        key,
        column,
        expected: cells[column] ?? null,
        found: row[column] ?? null,
      }))
      .filter((cell) => cell.expected !== cell.found);
  };
  const missingOrChanged = expected.flatMap(ofRow);
  const surplus = [...inTable.keys()].map((key) => ({ stream, key, expected: NONE, found: IN }));
  return [...missingOrChanged, ...surplus];
};
