import { query, textIn } from './report.ts';
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

export const queryOverview = async (warehouse: Warehouse): Promise<readonly StageOverview[]> => {
  const rows = await query(warehouse, 'pipeline-overview.sql');
  return rows.map((row) => ({
    stageId: textIn(row, 'stage_id'),
    stage: textIn(row, 'stage'),
    place: `${textIn(row, 'location')} · ${textIn(row, 'pipeline')}`,
    openDeals: Number(row['open_deals']),
    openValue: Number(row['open_value']),
    wonDeals: Number(row['won_deals']),
    wonValue: Number(row['won_value']),
  }));
};
