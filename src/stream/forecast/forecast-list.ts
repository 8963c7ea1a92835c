import type { StreamReadBy } from '../definition.ts';
import type { ReadContext } from '../read-context.ts';
import { shareLanes } from '../share-lanes.ts';
import { type Amount, atLeast, atMost, exactly, mapAmount, sumOf, UNKNOWN } from './amount.ts';
import { countList, firstOfList, type ListCount } from './count-list.ts';
import type { Forecast } from './forecast.ts';
import { listRequests } from './list-requests.ts';

type ListStream = StreamReadBy<'list'>;

/** Rows of a list without its folders, and the folders that have to be opened. */
const withoutFolders = (
  { folders }: ListStream['retrieval'],
  { rows, all }: ListCount,
): { readonly rows: Amount; readonly opened: Amount } => {
  if (folders === undefined) return { rows, opened: exactly(0) };
  // Which of the rows on the later pages are folders is not known, nor what is in those.
  if (all === undefined)
    return folders.areOpened
      ? { rows: UNKNOWN, opened: UNKNOWN }
      : { rows: atMost(rows), opened: exactly(0) };
  const found = all.filter(folders.isFolder).length;
  const own = exactly(all.length - found);
  if (!folders.areOpened || found === 0) return { rows: own, opened: exactly(0) };
  return { rows: atLeast(own), opened: atLeast(exactly(found)) };
};

/** What reading a list is that was counted. Its other passes are for other rows, which were not. */
const listForecast = (
  { retrieval }: Pick<ListStream, 'retrieval'>,
  count: ListCount,
  parallel: number,
): Forecast => {
  const { paginator, passes } = retrieval.endpoint;
  const { rows, opened } = withoutFolders(retrieval, count);
  const others = passes.length - 1;
  const pages = mapAmount(count.rows, (some) => Math.max(count.leastPages, listRequests(some, paginator)));
  const elsewhere = paginator === undefined ? exactly(others) : atLeast(exactly(others));
  const requests = sumOf([pages, opened, ...(others === 0 ? [] : [elsewhere])]);
  const { pages: atOnce } = shareLanes(parallel, { groups: 1, lists: 1, endpoint: retrieval.endpoint });
  return { rows: others === 0 ? rows : atLeast(rows), requests, atOnce };
};

/**
 * Asks a list how many rows it has. One whose answer is the whole list would be read by that: it is asked for only on
 * behalf of its children.
 */
export const forecastList = async (
  stream: ListStream,
  context: ReadContext,
  { isParent }: { readonly isParent: boolean },
): Promise<Forecast> => {
  const { paginator, passes } = stream.retrieval.endpoint;
  if (paginator === undefined && !isParent) {
    const requests = exactly(passes.length);
    const isOpened = stream.retrieval.folders?.areOpened === true;
    return { rows: UNKNOWN, requests: isOpened ? atLeast(requests) : requests, atOnce: 1 };
  }
  return listForecast(stream, await countList(firstOfList(stream, context)), context.parallel);
};
