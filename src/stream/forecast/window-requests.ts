import type { WindowsRetrieval } from '../definition.ts';
import type { TimeWindow } from '../endpoint.ts';
import { createWindowLength, ORIGIN } from '../window-length.ts';
import { listRequests } from './list-requests.ts';

interface Pass {
  /** What is read. */
  readonly span: TimeWindow;
  /** Rows that it holds, if that is known; they are taken to be spread evenly. */
  readonly rows: number;
  /** Rows that an endpoint has to be asked for one by one; 1 where it needs none. */
  readonly parents: number;
}

/** Requests that reading a span window by window takes: cut as a read would cut it. */
export const windowRequests = (
  retrieval: Pick<WindowsRetrieval, 'endpoint' | 'shortestMs' | 'mostRows'>,
  { span, rows, parents }: Pass,
): number => {
  const { endpoint, mostRows, shortestMs } = retrieval;
  const { paginator, passes } = endpoint;
  const length = createWindowLength(retrieval, span.since);
  const from = Math.max(span.since, ORIGIN);
  const perMs = span.before > from ? rows / (span.before - from) : 0;
  const asked = Math.max(parents, 1);
  const other = (passes.length - 1) * asked;
  let requests = 0;
  for (let next = span.since; next < span.before;) {
    const window = { since: next, before: Math.min(span.before, next + length.ms()) };
    const held = Math.round(perMs * Math.max(0, window.before - Math.max(window.since, from)));
    const eachHolds = Math.ceil(held / asked);
    if (eachHolds > mostRows && window.before - window.since >= 2 * shortestMs) {
      requests += 1;
      length.wasTooLarge(window, eachHolds);
      continue;
    }
    requests += asked * listRequests(eachHolds, paginator) + other;
    length.held(window, held);
    next = window.before;
  }
  return parents === 0 ? 0 : requests;
};
