import type { Descent, StreamReadBy } from '../definition.ts';
import { fetchEndpointPage, type SliceRead } from '../endpoint-page.ts';
import type { LocationRead } from '../location-read.ts';
import { descentPlan } from '../read-newest-first.ts';
import { atLeast, exactly, mapAmount, sumOf } from './amount.ts';
import type { Forecast } from './forecast.ts';

/** What the first page of a walk down tells. */
interface FirstPage {
  /** Rows as young as is asked for, and whether the page goes beyond them. */
  readonly young: number;
  readonly isDown: boolean;
  readonly total: number | undefined;
}

/** Requests to walk down through so many rows to the very end. */
const toTheEnd = (rows: number, { limit, sharedTokens }: Descent): number => {
  if (rows < limit) return 1;
  return sharedTokens ? Math.ceil((rows - 1) / (limit - 1)) + 2 : Math.ceil(rows / limit) + 1;
};

/** What a walk down is whose first page is known. */
export const descentForecast = (descent: Descent, { young, isDown, total }: FirstPage): Forecast => {
  if (isDown) return { rows: exactly(young), requests: exactly(1), atOnce: 1 };
  const rows = { least: young, most: total };
  const requests = mapAmount(rows, (some) => toTheEnd(some, descent));
  return { rows, requests, atOnce: 1 };
};

/** Asks for the first page of a walk down, as a read does. */
export const forecastDescent = async (
  read: Omit<SliceRead, 'endpoint' | 'pass'>,
  descent: Descent,
  downTo: number,
): Promise<Forecast> => {
  const { endpoint, limit, key } = descent;
  const page = await fetchEndpointPage({ ...read, endpoint, pass: { parameters: {} } }, { limit });
  const { total } = page;
  const values = page.rows.map((row) => key.valueOf(row) ?? -Infinity);
  page.release();
  const young = values.filter((value) => value >= downTo).length;
  const isWhole = total !== undefined && values.length >= total && values.length < limit;
  const isDown = values.length === 0 || isWhole || young < values.length;
  const forecast = descentForecast(descent, { young, isDown, total });
  // To the very end every row that is counted comes.
  return downTo === -Infinity && total !== undefined
    ? { ...forecast, rows: exactly(total), requests: exactly(toTheEnd(total, descent)) }
    : forecast;
};

export const forecastNewestFirst = async (
  { name, scope, retrieval }: StreamReadBy<'newest_first'>,
  read: LocationRead,
  isIncremental: boolean,
): Promise<Forecast> => {
  const { context } = read;
  const { downTo, again } = isIncremental
    ? descentPlan(retrieval, read, await context.serverNow())
    : { downTo: read.startDate ?? -Infinity, again: false };
  const slice = { locationId: context.locationId };
  const forecast = await forecastDescent({ stream: name, scope, slice, context }, retrieval.descent, downTo);
  // The newest ones come first, and then once more with all the others.
  const first = again ? [atLeast(exactly(1))] : [];
  return { ...forecast, requests: sumOf([...first, forecast.requests]) };
};
