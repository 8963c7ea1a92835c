import type { StreamReadBy } from '../definition.ts';
import { type Amount, atLeast, atMost, mapAmount, sumOf, UNKNOWN, NONE } from './amount.ts';
import type { Forecast } from './forecast.ts';

interface Circumstances {
  /** What reading the parents is. */
  readonly parents: Forecast;
  /** Requests of the location at once. */
  readonly parallel: number;
}

/** Nobody says how many children there are before their parents are asked; what is reckoned is one request each. */
export const childrenForecast = (
  { retrieval }: Pick<StreamReadBy<'children'>, 'retrieval'>,
  { parents, parallel }: Circumstances,
): Forecast => {
  const { rows } = retrieval;
  const isNone = parents.rows.most === 0;
  const children: Amount = isNone ? NONE : UNKNOWN;
  if (rows.from === 'parent') return { ...parents, rows: children };
  const { endpoint, asks } = rows;
  const named = asks === undefined ? parents.rows : atMost(parents.rows);
  const each = mapAmount(named, (count) => count * endpoint.passes.length);
  // More where the children of one fill a page, or where their list does not say how many they are.
  const requests = sumOf([
    parents.requests,
    endpoint.paginator === undefined || isNone ? each : atLeast(each),
  ]);
  return { rows: children, requests, atOnce: parallel };
};
