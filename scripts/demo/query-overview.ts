import type { Json } from '@duckdb/node-api';
import { readFile } from 'node:fs/promises';
import type { Warehouse } from './warehouse.ts';

/** One stage in the result of `pipeline-overview.sql`. */
export interface StageOverview {
  readonly stageId: string;
  readonly stage: string;
  /** Location and pipeline. */
  readonly place: string;
  readonly openDeals: number;
  readonly openValue: number;
  readonly wonDeals: number;
  readonly wonValue: number;
}

const QUERY = new URL('pipeline-overview.sql', import.meta.url);

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '?');

export const queryOverview = async (warehouse: Warehouse): Promise<readonly StageOverview[]> => {
  const rows = await warehouse.query(await readFile(QUERY, 'utf8'));
  return rows.map((row) => ({
    stageId: text(row['stage_id']),
    stage: text(row['stage']),
    place: `${text(row['location'])} · ${text(row['pipeline'])}`,
    openDeals: Number(row['open_deals']),
    openValue: Number(row['open_value']),
    wonDeals: Number(row['won_deals']),
    wonValue: Number(row['won_value']),
  }));
};
