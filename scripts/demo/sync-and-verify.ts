import { textAt } from '../../src/foundation/json.ts';
import type { AirbyteStream } from '../../src/protocol/messages.ts';
import { afterLaterSync } from './after-later-sync.ts';
import type { Agency } from './agency.ts';
import type { Cells } from './cells.ts';
import { expectedRow } from './expected-row.ts';
import { type Difference, findDifferences } from './find-differences.ts';
import type { Platform, Sync } from './platform.ts';
import { readTruth } from './read-truth.ts';
import { tableOf } from './table.ts';
import type { Warehouse } from './warehouse.ts';

type CountByLocation = ReadonlyMap<string, number>;

export interface VerifiedStream {
  readonly name: string;
  /** Records the connector emitted. */
  readonly emitted: CountByLocation;
  /** Rows in the table afterwards. */
  readonly stored: CountByLocation;
  /** Rows that stay in the table though they are gone in HighLevel. */
  readonly kept: number;
}

export interface VerifiedSync extends Omit<Sync, 'records'> {
  readonly streams: readonly VerifiedStream[];
  readonly differences: readonly Difference[];
  /** Values that were compared. */
  readonly values: number;
  readonly requests: number;
  /** What the tables had to hold, by stream. */
  readonly expected: ReadonlyMap<string, readonly Cells[]>;
}

interface Setting {
  readonly agency: Agency;
  readonly platform: Platform;
  readonly warehouse: Warehouse;
  readonly streams: readonly AirbyteStream[];
  /** The sync before this one, whose state it goes on from. */
  readonly earlier?: VerifiedSync | undefined;
}

const countBy = (locationIds: readonly (string | null | undefined)[]): CountByLocation => {
  const counts = new Map<string, number>();
  for (const id of locationIds) counts.set(id ?? '?', (counts.get(id ?? '?') ?? 0) + 1);
  return counts;
};

/** Reads, loads, and compares every value in the database with what HighLevel has. */
export const syncAndVerify = async (setting: Setting): Promise<VerifiedSync> => {
  const { agency, platform, warehouse, streams, earlier } = setting;
  const { calls } = agency.simulator;
  const callsBefore = calls.length;
  const { records, ...sync } = await platform.read(streams);
  const requests = calls.length - callsBefore;

  const truth = await readTruth(
    agency.simulator,
    streams.map(({ name }) => name),
  );
  const verified: VerifiedStream[] = [];
  const differences: Difference[] = [];
  const expectedOf = new Map<string, readonly Cells[]>();
  let values = 0;
  for (const table of streams.map(tableOf)) {
    const { name, columns } = table;
    const emitted = records(name);
    await warehouse.load(table, emitted);
    const rows = await warehouse.rows(table);
    const now = truth.get(name)?.map((apiRow) => expectedRow(table, apiRow));
    const { expected, kept } =
      now === undefined
        ? { expected: rows, kept: 0 }
        : afterLaterSync(table, now, earlier?.expected.get(name) ?? []);
    expectedOf.set(name, expected);
    differences.push(...findDifferences(table, expected, rows));
    if (now !== undefined) values += expected.length * columns.length;
    verified.push({
      name,
      emitted: countBy(emitted.map((record) => textAt(record, 'location_id'))),
      stored: countBy(rows.map((row) => row['location_id'])),
      kept,
    });
  }
  return { ...sync, streams: verified, differences, values, requests, expected: expectedOf };
};
