import { rowKey, type Table } from './table.ts';
import type { Cells } from './cells.ts';

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
const TWICE = 'the row twice';

/** Keys that are there more than once: once for each time too many. */
const repeatsOf = (keys: readonly string[]): readonly string[] => {
  const seen = new Set<string>();
  return keys.filter((key) => seen.size === seen.add(key).size);
};

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
  const repeated = repeatsOf(found.map(keyOf)).map((key) => ({ stream, key, expected: IN, found: TWICE }));
  return [...missingOrChanged, ...surplus, ...repeated];
};
