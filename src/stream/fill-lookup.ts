import type { Lookup } from './definition.ts';
import type { LookupTables } from './lookup-tables.ts';
import type { ReadContext } from './read-context.ts';
import { type ReadEvent, rowsOfPage } from './read-event.ts';
import { camelCase } from './columns.ts';

/** Fills the looked-up column of the rows that refer to something; the list is fetched when the first of them comes. */
export async function* fillLookup(
  lookup: Lookup,
  events: AsyncGenerator<ReadEvent, void>,
  { tables, context }: { readonly tables: LookupTables; readonly context: ReadContext },
): AsyncGenerator<ReadEvent, void> {
  const empty = { [camelCase(lookup.column)]: null };
  for await (const event of events) {
    const idsByRow = event.kind === 'rows' ? event.rows.map(lookup.idsOf) : [];
    const ids = new Set(idsByRow.flat());
    if (event.kind !== 'rows' || ids.size === 0) {
      yield event;
      continue;
    }
    const index = await tables.indexFor(lookup, ids, context);
    const rows = event.rows.map((row, at) => {
      if (idsByRow[at]?.length === 0) return row;
      return index === undefined ? { ...row, ...empty } : lookup.fill(row, index);
    });
    yield rowsOfPage(rows, event.release);
  }
}
