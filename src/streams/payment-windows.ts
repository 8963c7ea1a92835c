import { daysToMs } from '../stream/days.ts';
import type { WindowsRetrieval } from '../stream/definition.ts';
import { endpoint } from '../stream/endpoint.ts';
import { offsetPages } from '../stream/paginators.ts';
import { rowTime } from '../stream/row-time.ts';
import { listAt } from '../stream/selectors.ts';
import { dayBounds } from './bounds.ts';
import { altOf, windowOf } from './location-slice.ts';

/**
 * A list of payments, by the days they were made on. Most of them settle within weeks, but refunds may come for a
 * quarter: so much is read again.
 */
export const paymentWindows = (path: string): WindowsRetrieval => ({
  kind: 'windows',
  endpoint: endpoint({
    request: (slice) => ({ path, parameters: { ...altOf(slice), ...dayBounds(windowOf(slice)) } }),
    select: listAt('data'),
    paginator: offsetPages({ limit: 100 }),
  }),
  by: rowTime('created_at', 'createdAt'),
  changed: rowTime('updated_at', 'updatedAt'),
  trailingDays: 90,
  shortestMs: daysToMs(1),
  mostRows: 5_000,
});
