import type { JsonObject } from '../../foundation/json.ts';
import { defineStream, type Retrieval, type StreamDefinition, type WindowsRetrieval } from '../definition.ts';
import { type Endpoint, endpoint } from '../endpoint.ts';
import { cursorPages } from '../paginators.ts';
import { rowTime } from '../row-time.ts';
import { listAt } from '../selectors.ts';
import type { Answer, FakeRequest } from './fake-context.ts';

/** A stream named `things` that is read in a way. */
export const streamOf = <R extends Retrieval>(
  retrieval: R,
): StreamDefinition & { readonly retrieval: R } => ({
  ...defineStream({
    name: 'things',
    description: 'Things.',
    scope: 'things.readonly',
    columns: {},
    retrieval,
  }),
  retrieval,
});

/** An endpoint `/things` whose answers are `{ "items": [...] }`. */
export const thingsEndpoint = (given: Partial<Endpoint> = {}): Endpoint =>
  endpoint({
    request: ({ parent, window }) => ({
      path: '/things',
      parameters: {
        ...(parent !== undefined && { parent: parent['id'] ?? null }),
        ...(window !== undefined && { since: window.since, before: window.before }),
      },
    }),
    select: listAt('items'),
    ...given,
  });

/**
 * Read by windows of `at`, page by page, with the last ten days again at each sync; rows say in `changed` when they
 * changed.
 */
export const windowsRetrieval = (given: Partial<WindowsRetrieval> = {}): WindowsRetrieval => ({
  kind: 'windows',
  endpoint: thingsEndpoint({ paginator: cursorPages({ limit: 1_000 }) }),
  by: rowTime('at', 'at'),
  changed: rowTime('changed', 'changed'),
  trailingDays: 10,
  shortestMs: 60_000,
  mostRows: 1_000,
  ...given,
});

const numberAt = ({ parameters }: FakeRequest, name: string, otherwise: number): number => {
  const value = parameters[name];
  return typeof value === 'number' ? value : otherwise;
};

interface WindowServerOptions {
  /** Rows of an answer at most. */
  readonly most?: number;
  /** What the answer counts; without, it does not say. */
  readonly total?: (inside: readonly JsonObject[]) => number;
}

/** Answers with the rows whose `at` lies in the window that was asked for, and whose `parent` was. */
export const windowServer =
  (rows: () => readonly JsonObject[], { most = Infinity, total }: WindowServerOptions = {}): Answer =>
  (request) => {
    const since = numberAt(request, 'since', -Infinity);
    const before = numberAt(request, 'before', Infinity);
    const inside = rows().filter(({ at, parent = null }) => {
      const ms = typeof at === 'string' ? Date.parse(at) : since;
      return ms >= since && ms < before && parent === (request.parameters['parent'] ?? null);
    });
    return { items: inside.slice(0, most), ...(total !== undefined && { total: total(inside) }) };
  };

/** Answers with the rows from `offset` on, at most `limit`, and their total. */
export const offsetServer =
  (rows: (call: number) => readonly JsonObject[], total?: (all: readonly JsonObject[]) => number): Answer =>
  (request, call) => {
    const all = rows(call);
    const offset = numberAt(request, 'offset', 0);
    const items = all.slice(offset, offset + numberAt(request, 'limit', Infinity));
    return { items, ...(total !== undefined && { total: total(all) }) };
  };

/** Rows `r0`, `r1`, … */
export const manyRows = (count: number, first = 0): readonly JsonObject[] =>
  Array.from({ length: count }, (_, index) => ({ id: `r${String(index + first).padStart(4, '0')}` }));

/** The windows that were asked for, as pairs of epoch ms. */
export const windowsOf = (requests: readonly FakeRequest[]): readonly (readonly [number, number])[] =>
  requests
    .filter(({ parameters }) => parameters['since'] !== undefined)
    .map((request) => [numberAt(request, 'since', NaN), numberAt(request, 'before', NaN)]);
