import type { JsonObject } from '../../src/foundation/json.ts';
import { apiName } from './api-name.ts';
import { cellText } from './cell-text.ts';
import type { Exception } from './exception.ts';
import { exceptions } from './exceptions.ts';
import { fit } from './fit.ts';
import type { Table } from './table.ts';
import type { Cells } from './cells.ts';
import { withoutSecrets } from './without-secrets.ts';

/** A row as HighLevel has it, and the location it is in: some rows do not say. */
export interface ApiRow {
  readonly locationId: string;
  readonly row: JsonObject;
}

const REST = 'additional_fields';
/** What HighLevel's storage leaves in rows: the location again, and internals. */
const NO_DATA = ['altId', 'altType', '__v', 'traceId'];
const ID: Exception = { from: ['id', '_id'], value: ({ _id, id = _id }) => id };

const ruleFor = (column: string): Exception => {
  const name = apiName(column);
  return column === 'id' ? ID : { from: [name], value: (row) => row[name] };
};

/** What the database must hold for a row of HighLevel's: every column, and what no column takes in `additional_fields`. */
export const expectedRow = ({ name, columns }: Table, { locationId, row: bare }: ApiRow): Cells => {
  const row: JsonObject = { locationId, ...withoutSecrets(bare) };
  const ofStream = exceptions[name] ?? {};
  const taken = new Set(['locationId', ...NO_DATA]);
  const cells: Record<string, string | null> = {};
  for (const column of columns) {
    if (column.name === REST) continue;
    const { from, value } = ofStream[column.name] ?? ruleFor(column.name);
    from.forEach((field) => taken.add(field));
    cells[column.name] = cellText(fit(value(row), column.schema));
  }
  const rest = Object.entries(row).filter(([key]) => !taken.has(key));
  return { ...cells, [REST]: rest.length === 0 ? null : cellText(Object.fromEntries(rest)) };
};
