import { rowKey, type Table } from './table.ts';
import type { Cells } from './cells.ts';

/** When a row of these streams last changed. */
const UPDATED: Readonly<Record<string, string>> = { contacts: 'date_updated', opportunities: 'updated_at' };
const BY_DEFINITIONS = 'custom_field_values';

/** What becomes of a row that an earlier sync has brought. */
const read = ({ name }: Table, now: Cells, before: Cells | undefined): Cells => {
  if (before === undefined) return now;
  // Only new ones are read before the monthly pass.
  if (name === 'contact_attributions') return before;
  const updated = UPDATED[name];
  if (updated === undefined || before[updated] !== now[updated]) return now;
  // A row that did not change is not read again, and still shows the value of a field that was deleted meanwhile.
  return { ...now, [BY_DEFINITIONS]: before[BY_DEFINITIONS] ?? null };
};

/**
 * What a table must hold after a later sync: what HighLevel has now, and in a table that is merged also the rows that
 * are gone there, as they last were, because an incremental read tells of changes and not of what is gone.
 */
export const afterLaterSync = (
  table: Table,
  now: readonly Cells[],
  earlier: readonly Cells[],
): { readonly expected: readonly Cells[]; readonly kept: number } => {
  if (!table.isIncremental) return { expected: now, kept: 0 };
  const keyOf = rowKey(table);
  const before = new Map(earlier.map((cells) => [keyOf(cells), cells]));
  const expected = now.map((cells) => read(table, cells, before.get(keyOf(cells))));
  for (const cells of now) before.delete(keyOf(cells));
  return { expected: [...expected, ...before.values()], kept: before.size };
};
