import { mergeBounded } from '../foundation/merge.ts';
import type { StreamReadBy } from './definition.ts';
import type { EndpointSlice } from './endpoint.ts';
import { createIdSet } from './id-set.ts';
import type { ReadContext } from './read-context.ts';
import { type ReadEvent, rowsOrAlive, type RowsEvent } from './read-event.ts';
import { readPages } from './read-pages.ts';
import { idOf } from './row-id.ts';
import { shareLanes } from './share-lanes.ts';

export type ListStream = StreamReadBy<'list'>;

/**
 * Reads a list: each of its passes, and each of its folders if they have to be opened, several at once. Passes come one
 * after the other: of a row that is in two of them, the first one counts. Folders are not emitted.
 */
export async function* readList(
  { name, scope, retrieval: { endpoint, folders } }: ListStream,
  context: ReadContext,
): AsyncGenerator<ReadEvent, void> {
  const { locationId, parallel } = context;
  const seen = createIdSet();
  const opened = createIdSet();
  const found: EndpointSlice[] = [];
  // Folders are counted with the rows, and what lies in several passes is counted several times.
  const isCountOfRows = folders === undefined && endpoint.passes.length === 1;
  const expects = isCountOfRows ? context.expects : undefined;
  /** Takes the folders out of the rows, and keeps those that are to be opened. */
  const withoutFolders = (event: RowsEvent): ReadEvent => {
    if (folders === undefined) return event;
    for (const id of event.rows.filter(folders.isFolder).map(idOf)) {
      if (folders.areOpened && opened.add(id)) found.push({ locationId, parent: { id } });
    }
    return rowsOrAlive(
      event.rows.filter((row) => !folders.isFolder(row)),
      event.release,
    );
  };
  async function* readSlice(slice: EndpointSlice, atOnce: number): AsyncGenerator<ReadEvent, void> {
    for (const pass of endpoint.passes) {
      const pages = readPages(
        { stream: name, scope, endpoint, slice, pass, context },
        { seen, atOnce, expects },
      );
      for await (const event of pages) {
        if (event.kind === 'rows') yield withoutFolders(event);
        // A folder that is gone has nothing in it.
        else if (event.kind === 'gap' || event.kind === 'alive') yield event;
      }
    }
  }
  let slices: readonly EndpointSlice[] = [{ locationId }];
  while (slices.length > 0) {
    const { lists, pages } = shareLanes(parallel, { groups: 1, lists: slices.length, endpoint });
    const readers = slices.map((slice) => () => readSlice(slice, pages));
    yield* mergeBounded(readers, lists);
    slices = found.splice(0);
  }
}
