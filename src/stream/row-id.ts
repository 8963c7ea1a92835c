import { streamError } from './stream-errors.ts';
import { type JsonObject, textAt } from '../foundation/json.ts';

/** @throws ConnectorError for a row that nothing could be upserted by */
export const idOf = (row: JsonObject): string => {
  const id = textAt(row, 'id') ?? textAt(row, '_id');
  if (id === undefined) throw streamError('row_without_id', {});
  return id;
};
