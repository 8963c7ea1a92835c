import { query, textIn } from './report.ts';
import { textTable } from '../../src/foundation/text-table.ts';
import type { Warehouse } from './warehouse.ts';

/** A row that is gone in HighLevel. */
export interface Deletion {
  readonly stream: 'contacts' | 'opportunities';
  readonly locationId: string;
  readonly id: string;
}

interface FoundDeletions {
  /** As the query gives them, for people. */
  readonly lines: readonly string[];
  /** True if they are those that there were, and no others. */
  readonly areTrue: boolean;
}

const COLUMNS = ['stream', 'location', 'name', 'id'];

/** What the database tells of deletions, by what is not among all ids. */
export const findDeletions = async (
  warehouse: Warehouse,
  deletions: readonly Deletion[],
): Promise<FoundDeletions> => {
  const rows = await query(warehouse, 'deletions.sql');
  const found = rows.map((row) =>
    ['stream', 'location_id', 'id'].map((column) => textIn(row, column)).join('/'),
  );
  const made = deletions.map(({ stream, locationId, id }) => [stream, locationId, id].join('/'));
  const cells = rows.map((row) => COLUMNS.map((column) => textIn(row, column)));
  return {
    lines: textTable([COLUMNS, ...cells], COLUMNS.length),
    areTrue: found.sort().join() === made.sort().join(),
  };
};
