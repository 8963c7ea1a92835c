import type { JsonObject } from '../foundation/json.ts';
import { mergeBounded } from '../foundation/merge.ts';
import { type EndpointPage, fetchEndpointPage, type SliceRead } from './endpoint-page.ts';
import type { PageTally } from './page-tally.ts';
import type { PageAhead } from './pages-ahead.ts';

/** Rows of one page that the walk has not met before. */
interface RowsAhead {
  readonly rows: readonly JsonObject[];
  /** Gives the page's memory back. */
  readonly release: () => void;
}

interface PageCame {
  readonly index: number;
  readonly page: EndpointPage;
}

async function* fetchPage(read: SliceRead, { index, parameters }: PageAhead): AsyncGenerator<PageCame, void> {
  const page = await fetchEndpointPage(read, parameters);
  try {
    yield { index, page };
  } finally {
    page.release();
  }
}

/**
 * Reads several pages of a list at once and gives them as they come; the tally judges what they prove. Stops where a page
 * brings nothing new: there is less than the first page said, or the server does not heed which page it is asked for.
 */
export async function* readAhead(
  read: SliceRead,
  pages: Iterable<PageAhead>,
  { tally, atOnce }: { readonly tally: PageTally; readonly atOnce: number },
): AsyncGenerator<RowsAhead, void> {
  let isBarren = false;
  function* fetches(): Generator<() => AsyncGenerator<PageCame, void>, void> {
    for (const page of pages) {
      if (isBarren) return;
      yield () => fetchPage(read, page);
    }
  }
  for await (const { index, page } of mergeBounded(fetches(), atOnce)) {
    const rows = tally.takeAhead(index, page.rows);
    if (rows.length === 0) isBarren = true;
    yield { rows, release: page.release };
    rows.length = 0;
  }
}
