import type { Json } from '@duckdb/node-api';
import { readFile } from 'node:fs/promises';
import { textTable } from '../../src/foundation/text-table.ts';
import type { Warehouse } from './warehouse.ts';

/** A query beside this file, and how its result is shown. */
interface Report {
  readonly title: string;
  readonly file: string;
  /** Columns that stand on the left; the others are numbers. */
  readonly texts: readonly string[];
  readonly numbers: readonly string[];
}

export type ReportRow = Readonly<Record<string, Json>>;

export const REPORTS: readonly Report[] = [
  {
    title: 'Appointments by location',
    file: 'appointments-by-location.sql',
    texts: ['location'],
    numbers: ['past', 'showed', 'no_show', 'cancelled', 'upcoming', 'next_7_days', 'cancelled_ahead'],
  },
  {
    title: 'Messages by location and channel',
    file: 'messages-by-location.sql',
    texts: ['location', 'channel'],
    numbers: ['inbound', 'outbound', 'failed', 'inbound_7_days', 'outbound_7_days', 'minutes'],
  },
  {
    title: 'Revenue by location',
    file: 'revenue-by-location.sql',
    texts: ['location', 'currency'],
    numbers: ['paid', 'refunded', 'revenue', 'last_30_days', 'invoices_due', 'owed', 'overdue'],
  },
  {
    title: 'Custom fields by location, by their keys',
    file: 'custom-fields-by-location.sql',
    texts: ['location'],
    numbers: ['contacts', 'with_budget', 'average_budget', 'largest_budget', 'calls_booked'],
  },
];

export const query = async (warehouse: Warehouse, file: string): Promise<readonly ReportRow[]> =>
  warehouse.query(await readFile(new URL(file, import.meta.url), 'utf8'));

export const textIn = (row: ReportRow, column: string): string => {
  const value = row[column];
  return typeof value === 'string' ? value : '';
};

const numberIn = (row: ReportRow, column: string): string => {
  const value = row[column] ?? null;
  return value === null ? '' : Math.round(Number(value)).toLocaleString('en');
};

/** The result of a report as a table; what stands above is not said again. */
export const reportLines = async (
  warehouse: Warehouse,
  { file, texts, numbers }: Report,
): Promise<readonly string[]> => {
  const rows = await query(warehouse, file);
  const [place = ''] = texts;
  const cells = rows.map((row, at) => {
    const above = rows[at - 1];
    const isSaid = above !== undefined && textIn(above, place) === textIn(row, place);
    const left = texts.map((column) => (isSaid && column === place ? '' : textIn(row, column)));
    return [...left, ...numbers.map((column) => numberIn(row, column))];
  });
  const header = [...texts, ...numbers].map((column) => column.replaceAll('_', ' '));
  return textTable([header, ...cells], texts.length);
};
