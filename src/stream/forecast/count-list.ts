import type { JsonObject } from '../../foundation/json.ts';
import type { StreamReadBy } from '../definition.ts';
import { fetchEndpointPage, type SliceRead } from '../endpoint-page.ts';
import { type Amount, exactly } from './amount.ts';

/** What the first page of a list tells of the whole. */
export interface ListCount {
  readonly rows: Amount;
  /** The rows, where the page holds them all. */
  readonly all: readonly JsonObject[] | undefined;
  /** Pages at least, where a count of rows does not tell. */
  readonly leastPages: number;
}

/** Asks for the first page of a list, as a read does. A short page is not the end, unless the answer says how many there are. */
export const countList = async (read: SliceRead): Promise<ListCount> => {
  const { paginator } = read.endpoint;
  const page = await fetchEndpointPage(read, paginator?.first ?? {});
  const rows = [...page.rows];
  const { total } = page;
  page.release();
  if (paginator === undefined) {
    return { rows: exactly(Math.max(rows.length, total ?? 0)), all: rows, leastPages: 1 };
  }
  const counted = total === undefined ? { least: rows.length, most: undefined } : exactly(total);
  const isWhole = total !== undefined && rows.length >= total;
  // Without a total, a page with rows is never known to be the last one.
  const leastPages = total === undefined && rows.length > 0 ? 2 : 1;
  return { rows: counted, all: isWhole ? rows : undefined, leastPages };
};

/** The first page of a list of a location. */
export const firstOfList = (
  { name, scope, retrieval: { endpoint } }: StreamReadBy<'list'>,
  context: SliceRead['context'],
): SliceRead => ({
  stream: name,
  scope,
  endpoint,
  slice: { locationId: context.locationId },
  pass: endpoint.passes[0] ?? { parameters: {} },
  context,
});
