import { isJsonArray, type JsonObject } from '../../foundation/json.ts';
import type { Descent } from '../definition.ts';
import { rowTime } from '../row-time.ts';
import type { Answer } from './fake-context.ts';
import { thingsEndpoint } from './test-streams.ts';

/** Walks down `at`, two rows to a page; a page begins after a time and, unless times are shared, an id. */
export const descentOf = (given: Partial<Descent> = {}): Descent => ({
  endpoint: thingsEndpoint({ method: 'POST' }),
  key: rowTime('at', 'at'),
  limit: 2,
  tokenOf: ({ at, id = null }) => (typeof at === 'string' ? [Date.parse(at), id] : undefined),
  sharedTokens: false,
  after: (token) => ({ after: token }),
  ...given,
});

/** Answers with the rows, in their order, behind the one that was named; several are named by a time alone. */
export const descentServer =
  (rows: () => readonly JsonObject[], total?: number): Answer =>
  ({ parameters: { after, limit } }) => {
    const all = rows();
    const [time, id] = isJsonArray(after) ? after : [];
    const isNamed = (row: JsonObject): boolean =>
      id === undefined ? typeof row['at'] === 'string' && Date.parse(row['at']) === time : row['id'] === id;
    const from = after === undefined ? 0 : all.findLastIndex(isNamed) + 1;
    const items = all.slice(from, from + (typeof limit === 'number' ? limit : Infinity));
    return { items, ...(total !== undefined && { total }) };
  };
