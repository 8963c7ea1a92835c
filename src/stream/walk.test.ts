import { describe, expect, test } from '@jest/globals';
import { type JsonObject, textAt } from '../foundation/json.ts';
import type { Log } from '../foundation/log.ts';
import { isReadBy, type PageToken, type SearchRetrieval } from './definition.ts';
import type { Range } from './filters.ts';
import type { FetchPage } from './search-page.ts';
import { contacts } from '../streams/contacts.ts';
import { opportunities } from '../streams/opportunities.ts';
import type { StreamDefinition } from './definition.ts';
import { walk, type WalkStep } from './walk.ts';

const retrievalOf = (stream: StreamDefinition): SearchRetrieval => {
  if (!isReadBy(stream, 'search')) throw new Error('not a search stream');
  return stream.retrieval;
};

/** A row of the opportunities' shape: sorted by `ms`, ties broken by the contact. */
interface Row {
  readonly id: string;
  readonly ms: number;
  readonly contact: string;
}

const row = (id: string, ms: number, contact = id): Row => ({ id, ms, contact });

const isAfter = ({ ms, contact }: Row, after: PageToken): boolean => {
  const [afterMs, afterContact] = after;
  if (typeof afterMs !== 'number' || typeof afterContact !== 'string') throw new Error('no token of ours');
  return ms > afterMs || (ms === afterMs && contact > afterContact);
};

interface Server {
  readonly rows: readonly Row[];
  readonly limit: number;
  readonly cap?: number;
  readonly total?: (matches: number, call: number) => number | undefined;
  readonly sort?: (rows: readonly Row[]) => readonly Row[];
  readonly ignoresToken?: boolean;
  /** Gives all its rows, whichever were asked for. */
  readonly ignoresBounds?: boolean;
  /** Every so many requests the token is forgotten, so that the pages go round in a circle. */
  readonly forgetsTokenEvery?: number;
}

interface Walked {
  readonly steps: readonly WalkStep[];
  readonly ids: readonly string[];
  readonly requests: number;
  readonly warnings: readonly string[];
  readonly open: number;
}

const rangeIn = (filters: readonly JsonObject[]): Range => {
  const { since, before } = filters[0] ?? {};
  return {
    since: typeof since === 'number' ? since : undefined,
    before: typeof before === 'number' ? before : undefined,
  };
};

const sortRows = (rows: readonly Row[]): readonly Row[] =>
  [...rows].sort((a, b) => a.ms - b.ms || (a.contact < b.contact ? -1 : 1));

const createFetch = (
  {
    rows,
    limit,
    cap = limit,
    total,
    sort = sortRows,
    ignoresToken = false,
    ignoresBounds = false,
    forgetsTokenEvery = Infinity,
  }: Server,
  counts: { requests: number; open: number },
): FetchPage => {
  return ({ filters, after }) => {
    counts.requests += 1;
    counts.open += 1;
    const { since = -Infinity, before = Infinity } = ignoresBounds ? {} : rangeIn(filters);
    const matches = sort(rows.filter(({ ms }) => ms >= since && ms < before));
    const isForgotten = ignoresToken || counts.requests % forgetsTokenEvery === 0;
    const rest = after === undefined || isForgotten ? matches : matches.filter((one) => isAfter(one, after));
    return Promise.resolve({
      rows: rest.slice(0, Math.min(cap, limit)).map(({ id, ms, contact }) => ({
        id,
        createdAt: new Date(ms).toISOString(),
        dateAdded: new Date(ms).toISOString(),
        sort: [ms, contact],
        searchAfter: [ms, contact],
      })),
      total: total === undefined ? matches.length : total(matches.length, counts.requests),
      limit,
      release: () => {
        counts.open -= 1;
      },
    });
  };
};

const run = async (
  server: Server,
  options: {
    readonly stream?: StreamDefinition;
    readonly range?: Range;
    readonly readBefore?: PageToken;
  } = {},
): Promise<Walked> => {
  const retrieval = retrievalOf(options.stream ?? opportunities);
  const counts = { requests: 0, open: 0 };
  const warnings: string[] = [];
  const log: Log = {
    debug: () => undefined,
    info: () => undefined,
    warn: (message) => warnings.push(message),
    error: () => undefined,
  };
  const steps: WalkStep[] = [];
  const walked = walk(
    {
      purpose: 'rows of location L1',
      key: retrieval.created,
      range: options.range ?? {},
      filters: ({ since, before }) => [
        { ...(since !== undefined && { since }), ...(before !== undefined && { before }) },
      ],
      resume: options.readBefore === undefined ? undefined : { after: options.readBefore, rows: 2 },
    },
    { fetch: createFetch(server, counts), retrieval, log },
  );
  for await (const step of walked) steps.push(step);
  const ids = steps.flatMap(({ rows }) => rows.map((one) => textAt(one, 'id') ?? ''));
  return { steps, ids, warnings, requests: counts.requests, open: counts.open };
};

const many = (count: number): readonly Row[] =>
  Array.from({ length: count }, (_, index) => row(`r${String(index).padStart(4, '0')}`, 1000 + index));

describe('a walk', () => {
  test('ends after one request when the first page holds the whole total', async () => {
    const { ids, requests } = await run({ rows: many(5), limit: 10 });
    expect(ids).toHaveLength(5);
    expect(requests).toBe(1);
  });

  test('goes on to an empty page when the first page is full', async () => {
    const { ids, requests } = await run({ rows: many(10), limit: 10 }, { stream: contacts });
    expect(new Set(ids).size).toBe(10);
    expect(requests).toBe(2);
  });

  test('loses no row of a page that came in another order than was asked for', async () => {
    const [a, b, c, ...others] = many(12);
    if (a === undefined || b === undefined || c === undefined) throw new Error('no rows');
    // No total to compare with.
    const server = { rows: [c, a, ...others.slice(0, 1), b, ...others.slice(1)], limit: 4 };
    const { ids } = await run({ ...server, sort: (rows) => rows, total: () => undefined });
    expect(ids).toContain(b.id);
  });

  test('does not take a short page for the end, because servers cap pages in silence', async () => {
    const { ids } = await run({ rows: many(45), limit: 100, cap: 20 }, { stream: contacts });
    expect(ids).toHaveLength(45);
  });

  test('does not take a total that has drifted for the end', async () => {
    const { ids } = await run({ rows: many(45), limit: 20, total: () => 20 }, { stream: contacts });
    expect(ids).toHaveLength(45);
  });

  test('goes on when the server tells no total', async () => {
    const { ids, requests } = await run({ rows: many(5), limit: 10, total: () => undefined });
    expect(ids.length).toBeGreaterThanOrEqual(5);
    expect(requests).toBeGreaterThan(1);
  });

  test('gives every page back that it has taken', async () => {
    expect(await run({ rows: many(45), limit: 20 })).toMatchObject({ open: 0 });
  });

  test('fails when the pages do not advance', async () => {
    await expect(
      run({ rows: many(45), limit: 20, ignoresToken: true }, { stream: contacts }),
    ).rejects.toThrow('do not advance');
  });

  test('fails when the pages go round in a circle', async () => {
    await expect(
      run({ rows: many(45), limit: 10, forgetsTokenEvery: 3 }, { stream: contacts }),
    ).rejects.toThrow('do not advance');
  });

  test('takes up where an earlier one ended, and reads nothing twice', async () => {
    const { ids } = await run({ rows: many(6), limit: 3 }, { stream: contacts, readBefore: [1001, 'r0001'] });
    expect(ids).toEqual(['r0002', 'r0003', 'r0004', 'r0005']);
  });
});

describe('what a walk lets a checkpoint claim', () => {
  test('is the key before the last one seen, page by page, and the last one at the end', async () => {
    const { steps } = await run({ rows: many(6), limit: 3 }, { stream: contacts });
    expect(steps.map(({ reached }) => reached)).toEqual([1001, 1004, 1005]);
  });

  test('is nothing after a single row, which proves no order', async () => {
    const { steps } = await run({ rows: many(3), limit: 10, cap: 1 }, { stream: contacts });
    expect(steps.map(({ reached }) => reached)).toEqual([undefined, 1000, 1001, 1002]);
  });

  test('never lies beyond the range', async () => {
    const { steps } = await run({ rows: many(6), limit: 10 }, { range: { before: 1004 } });
    expect(steps.at(-1)?.reached).toBe(1003);
  });

  test('is nothing before the end when the rows come out of order', async () => {
    const backwards = (rows: readonly Row[]): readonly Row[] => [...sortRows(rows)].reverse();
    const { steps, warnings } = await run(
      { rows: many(4), limit: 10, sort: backwards },
      { stream: contacts },
    );
    expect(steps.map(({ reached }) => reached)).toEqual([undefined, 1003]);
    expect(warnings.join()).toContain('did not come in the order');
  });

  test('is nothing when there was nothing', async () => {
    const { steps } = await run({ rows: [], limit: 10 });
    expect(steps).toMatchObject([{ rows: [], after: undefined, reached: undefined }]);
  });
});

describe('rows that share a token', () => {
  const tied = (before: number, ties: number, after: number): readonly Row[] => [
    ...many(before),
    ...Array.from({ length: ties }, (_, index) => row(`tie${index}`, 1500, 'one contact')),
    ...Array.from({ length: after }, (_, index) => row(`z${index}`, 1600 + index)),
  ];

  test.each([7, 8, 9, 10, 17, 18, 19])(
    'are not lost when a page edge falls among them (%j rows before)',
    async (before) => {
      const rows = tied(before, 3, 5);
      const { ids, warnings } = await run({ rows, limit: 10 });
      expect(new Set(ids)).toEqual(new Set(rows.map(({ id }) => id)));
      expect(warnings).toEqual([]);
    },
  );

  test('come once each when no page is wider than a group', async () => {
    const { ids } = await run({ rows: tied(8, 3, 30), limit: 10 });
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('are missed by the count and read again by values when a group is cut', async () => {
    const rows = tied(0, 12, 5);
    const { ids, warnings } = await run({ rows, limit: 10 });
    // Twelve rows with one token and ten to a page: nothing that can be asked for gives the last two.
    expect(new Set(ids).size).toBe(15);
    expect(warnings.join()).toContain('cannot be read');
  });
});

describe('rows that the server counts but did not give', () => {
  test('are read again by values', async () => {
    const rows = [...many(9), row('a', 2000, 'same'), row('b', 2000, 'same'), row('c', 2001)];
    // Contacts do not expect shared tokens, so a page edge between a and b skips b.
    const { ids, steps, warnings } = await run({ rows, limit: 10 }, { stream: contacts });
    expect(new Set(ids)).toEqual(new Set(rows.map(({ id }) => id)));
    expect(ids).toHaveLength(rows.length);
    expect(warnings.join()).toContain('reading again');
    // Until they are read, nothing that came before may be claimed.
    expect(steps.slice(-3).map(({ isDisordered }) => isDisordered)).toEqual([true, true, false]);
  });

  test('are given up where the server gives the same rows for every window', async () => {
    const walked = await run({ rows: many(3), limit: 10, total: () => 9, ignoresBounds: true });
    expect(new Set(walked.ids).size).toBe(3);
    expect(walked.requests).toBeLessThan(12);
    expect(walked.warnings.join(' ')).toContain('HighLevel counts 9 rows but gives 3');
  });

  test('are not missed when the total fell, because rows were deleted', async () => {
    const { warnings } = await run(
      { rows: many(25), limit: 10, total: (matches, call) => (call === 1 ? matches + 3 : matches) },
      { stream: contacts },
    );
    expect(warnings).toEqual([]);
  });
});
