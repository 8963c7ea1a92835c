import { textAt } from '../../src/foundation/json.ts';
import type { AirbyteStream } from '../../src/protocol/messages.ts';
import type { Agency } from './agency.ts';
import { expectedRow } from './expected-row.ts';
import { type Difference, findDifferences } from './find-differences.ts';
import type { Platform, Sync } from './platform.ts';
import type { Truth } from './read-truth.ts';
import { tableOf } from './table.ts';
import type { Warehouse } from './warehouse.ts';

type CountByLocation = ReadonlyMap<string, number>;

export interface VerifiedStream {
  readonly name: string;
  /** Records the connector emitted. */
  readonly emitted: CountByLocation;
  /** Rows in the table afterwards. */
  readonly stored: CountByLocation;
}

export interface VerifiedSync extends Omit<Sync, 'records'> {
  readonly streams: readonly VerifiedStream[];
  readonly differences: readonly Difference[];
  /** Values that were compared. */
  readonly values: number;
  readonly requests: number;
}

interface Setting {
  readonly agency: Agency;
  readonly platform: Platform;
  readonly warehouse: Warehouse;
  readonly streams: readonly AirbyteStream[];
  /** Gives what the database must hold afterwards. */
  readonly truth: () => Promise<Truth>;
}

const countBy = (locationIds: readonly (string | null | undefined)[]): CountByLocation => {
  const counts = new Map<string, number>();
  for (const id of locationIds) counts.set(id ?? '?', (counts.get(id ?? '?') ?? 0) + 1);
  return counts;
};

/** Reads, loads, and compares every value in the database with what HighLevel has. */
export const syncAndVerify = async ({
  agency,
  platform,
  warehouse,
  streams,
  truth,
}: Setting): Promise<VerifiedSync> => {
  const { calls } = agency.simulator;
  const callsBefore = calls.length;
  const sync = await platform.read(streams);
  const requests = calls.length - callsBefore;

  const expected = await truth();
  const verified: VerifiedStream[] = [];
  const differences: Difference[] = [];
  let values = 0;
  for (const table of streams.map(tableOf)) {
    const { name, columns } = table;
    const records = sync.records(name);
    await warehouse.load(table, records);
    const rows = await warehouse.rows(table);
    const wanted = (expected.get(name) ?? []).map((apiRow) => expectedRow(table, apiRow));
    differences.push(...findDifferences(table, wanted, rows));
    values += wanted.length * columns.length;
    verified.push({
      name,
      emitted: countBy(records.map((record) => textAt(record, 'location_id'))),
      stored: countBy(rows.map((row) => row['location_id'])),
    });
  }
  const { stateBytes, isConfigReplaced, seconds } = sync;
  return { streams: verified, differences, values, requests, seconds, stateBytes, isConfigReplaced };
};
