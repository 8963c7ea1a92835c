import type { JsonObject } from '../../src/foundation/json.ts';
import { apiName } from './api-name.ts';
import { cellText } from './cell-text.ts';
import { exceptions } from './exceptions.ts';
import { fit } from './fit.ts';
import type { Table } from './table.ts';
import type { Cells } from './warehouse.ts';

/** A row as HighLevel has it, and the location it is in: some rows do not say. */
export interface ApiRow {
  readonly locationId: string;
  readonly row: JsonObject;
}

const REST = 'additional_fields';

/** What the database must hold for a row of HighLevel's: every column, and what no column takes in `additional_fields`. */
export const expectedRow = ({ name, columns }: Table, { locationId, row: bare }: ApiRow): Cells => {
  const row: JsonObject = { locationId, ...bare };
  const ofStream = exceptions[name] ?? {};
  const taken = new Set(['locationId']);
  const cells: Record<string, string | null> = {};
  for (const column of columns) {
    if (column.name === REST) continue;
    const { from, value } = ofStream[column.name] ?? {
      from: [apiName(column.name)],
      value: () => row[apiName(column.name)],
    };
    from.forEach((field) => taken.add(field));
    cells[column.name] = cellText(fit(value(row), column.schema));
  }
  const rest = Object.entries(row).filter(([key]) => !taken.has(key));
  return { ...cells, [REST]: rest.length === 0 ? null : cellText(Object.fromEntries(rest)) };
};
