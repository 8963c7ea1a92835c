import type { Agency } from '../../scripts/demo/agency.ts';
import { afterLaterSync } from '../../scripts/demo/after-later-sync.ts';
import { differenceLines } from '../../scripts/demo/difference-lines.ts';
import { expectedRow } from '../../scripts/demo/expected-row.ts';
import { findDifferences } from '../../scripts/demo/find-differences.ts';
import { readTruth } from '../../scripts/demo/read-truth.ts';
import type { Table } from '../../scripts/demo/table.ts';
import type { Cells } from '../../scripts/demo/cells.ts';
import { cacheRows } from './cache-rows.ts';

/** What the tables had to hold, by stream. */
export type Expected = ReadonlyMap<string, readonly Cells[]>;

interface Setting {
  readonly agency: Agency;
  /** As PyAirbyte treats them: it merges every stream that has a primary key. */
  readonly tables: readonly Table[];
  /** Of PyAirbyte's DuckDB file. */
  readonly path: string;
  readonly earlier?: Expected;
}

/** @throws Error that shows in what the file differs from what HighLevel has, and had at earlier syncs */
export const verifyCache = async ({ agency, tables, path, earlier }: Setting): Promise<Expected> => {
  const truth = await readTruth(
    agency.simulator,
    tables.map(({ name }) => name),
  );
  // What the connector says of itself is nothing that HighLevel has.
  const told = tables.filter(({ name }) => truth.has(name));
  const found = await cacheRows(path, told);
  const expected = new Map(
    told.map((table) => {
      const now = (truth.get(table.name) ?? []).map((row) => expectedRow(table, row));
      return [table.name, afterLaterSync(table, now, earlier?.get(table.name) ?? []).expected];
    }),
  );
  const differences = told.flatMap((table) =>
    findDifferences(table, expected.get(table.name) ?? [], found.get(table.name) ?? []),
  );
  if (differences.length > 0) throw new Error(differenceLines(differences).join('\n'));
  return expected;
};
