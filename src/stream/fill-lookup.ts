import type { Lookup } from './definition.ts';
import type { LookupTables } from './lookup-tables.ts';
import type { ReadContext } from './read-context.ts';
import { type ReadEvent, type RowsEvent, rowsOfPage } from './read-event.ts';
import { camelCase } from './columns.ts';

interface Filling {
  readonly tables: LookupTables;
  readonly context: ReadContext;
}

const fill = async (lookup: Lookup, event: RowsEvent, { tables, context }: Filling): Promise<RowsEvent> => {
  const idsByRow = event.rows.map(lookup.idsOf);
  const ids = new Set(idsByRow.flat());
  if (ids.size === 0) return event;
  const index = await tables.indexFor(lookup, ids, context);
  const empty = { [camelCase(lookup.column)]: null };
  const rows = event.rows.map((row, at) => {
    if (idsByRow[at]?.length === 0) return row;
    return index === undefined ? { ...row, ...empty } : lookup.fill(row, index);
  });
  return rowsOfPage(rows, event.release);
};

/** Fills the looked-up column of the rows that refer to something; the list is fetched when the first of them comes. */
export async function* fillLookup(
  lookup: Lookup,
  events: AsyncGenerator<ReadEvent, void>,
  filling: Filling,
): AsyncGenerator<ReadEvent, void> {
  try {
    for await (const event of events)
      yield event.kind === 'rows' ? await fill(lookup, event, filling) : event;
  } finally {
    filling.tables.done(lookup, filling.context.locationId);
  }
}
