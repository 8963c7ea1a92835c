import { isReadBy, type StreamDefinition, type StreamReadBy } from '../definition.ts';
import type { LocationRead } from '../location-read.ts';
import { atMost, NONE } from './amount.ts';
import type { Forecast } from './forecast.ts';
import { childrenForecast } from './forecast-children.ts';
import { forecastNewestFirst } from './forecast-descent.ts';
import { forecastList } from './forecast-list.ts';
import { forecastSearch } from './forecast-search.ts';
import { forecastWindows } from './forecast-windows.ts';

interface Way {
  readonly isIncremental: boolean;
  /** True if the rows are wanted as parents of others. */
  readonly isParent?: boolean;
}

/** Whether rows are left out for their time: what was before the last sync, or before the start date. */
const isSifted = (
  { retrieval }: StreamReadBy<'list'>,
  { state, startDate }: Pick<LocationRead, 'state' | 'startDate'>,
): boolean => retrieval.changed !== undefined && (startDate !== undefined || state !== undefined);

/**
 * What reading one location of a stream is expected to bring and to cost. Asks one request at most, the one that a read
 * would begin with (or a part of it); of children it is their parents'.
 */
export const forecastLocation = async (
  stream: StreamDefinition,
  read: LocationRead,
  { isIncremental, isParent = false }: Way,
): Promise<Forecast> => {
  if (isReadBy(stream, 'search')) return forecastSearch(stream, read, isIncremental);
  if (isReadBy(stream, 'windows')) return forecastWindows(stream, read, isIncremental);
  if (isReadBy(stream, 'newest_first')) return forecastNewestFirst(stream, read, isIncremental);
  if (isReadBy(stream, 'snapshot')) {
    const all = { ...read, startDate: undefined, state: undefined };
    return forecastLocation(stream.retrieval.of, all, { isIncremental: false });
  }
  if (isReadBy(stream, 'list')) {
    const forecast = await forecastList(stream, read.context, { isParent });
    // As parents all of them count, whenever they changed.
    return !isParent && isSifted(stream, read) ? { ...forecast, rows: atMost(forecast.rows) } : forecast;
  }
  if (isReadBy(stream, 'children')) {
    const { of, follows } = stream.retrieval;
    const asParents = { ...read, context: { ...read.context, parallel: 1 } };
    const ofParents =
      follows === undefined ? { ...asParents, state: undefined, startDate: undefined } : asParents;
    const parents = await forecastLocation(of, ofParents, {
      isIncremental: isIncremental && follows !== undefined,
      isParent: true,
    });
    return childrenForecast(stream, { parents, parallel: read.context.parallel });
  }
  // The locations themselves are known to the sync.
  return { rows: NONE, requests: NONE, atOnce: 1 };
};
