import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createRecordingLog } from '../http/doubles/recording-log.ts';
import { opportunities } from '../streams/opportunities.ts';
import { isReadBy, type PageToken } from './definition.ts';
import { idOf } from './row-id.ts';
import type { FetchPage } from './search-page.ts';
import { walk, type WalkStep } from './walk.ts';

/** A row of the opportunities' shape: sorted by `ms`, ties broken by the contact, which several rows share. */
interface Row {
  readonly id: string;
  readonly ms: number;
  readonly contact: number;
}

interface World {
  readonly rows: readonly Row[];
  readonly limit: number;
  readonly cap: number;
  /** How far the count of each answer is off; undefined: answers do not count. */
  readonly drift: readonly number[] | undefined;
}

const row: fc.Arbitrary<Row> = fc.record({
  id: fc.uuid(),
  ms: fc.integer({ min: 0, max: 12 }),
  contact: fc.integer({ min: 0, max: 3 }),
});

const world = (drift: fc.Arbitrary<World['drift']>): fc.Arbitrary<World> =>
  fc.record({
    rows: fc.uniqueArray(row, { maxLength: 40, size: 'max', selector: ({ id }) => id }),
    limit: fc.integer({ min: 1, max: 12 }),
    cap: fc.integer({ min: 1, max: 12 }),
    drift,
  });

/** The largest number of rows that carry the same token: a page that is one such group cannot be looked behind. */
const largestGroup = (rows: readonly Row[]): number => {
  const sizes = new Map<string, number>();
  for (const { ms, contact } of rows) {
    const token = `${ms} ${contact}`;
    sizes.set(token, (sizes.get(token) ?? 0) + 1);
  }
  return Math.max(0, ...sizes.values());
};

const isAfter = ({ ms, contact }: Row, [afterMs, afterContact]: PageToken): boolean =>
  ms > Number(afterMs) || (ms === Number(afterMs) && contact > Number(afterContact));

const createFetch = ({ rows, limit, cap, drift }: World, held: Set<object>): FetchPage => {
  let call = 0;
  return ({ filters, after }) => {
    const { since = -Infinity, before = Infinity } = filters[0] ?? {};
    const matches = [...rows]
      .filter(({ ms }) => ms >= Number(since) && ms < Number(before))
      .sort((a, b) => a.ms - b.ms || a.contact - b.contact || (a.id < b.id ? -1 : 1));
    const rest = after === undefined ? matches : matches.filter((one) => isAfter(one, after));
    const share = {};
    held.add(share);
    const off = drift === undefined ? undefined : (drift[call % Math.max(1, drift.length)] ?? 0);
    call += 1;
    return Promise.resolve({
      rows: rest.slice(0, Math.min(cap, limit)).map(({ id, ms, contact }) => ({
        id,
        createdAt: new Date(ms).toISOString(),
        sort: [ms, contact],
      })),
      total: off === undefined ? undefined : matches.length + off,
      limit,
      release: () => void held.delete(share),
    });
  };
};

interface Walked {
  readonly steps: readonly WalkStep[];
  /** Ids of the rows of each step. */
  readonly ids: readonly (readonly string[])[];
}

const run = async (
  one: World,
  resume?: { readonly after: PageToken; readonly rows: number },
): Promise<Walked> => {
  if (!isReadBy(opportunities, 'search')) throw new Error('not a search stream');
  const { retrieval } = opportunities;
  const held = new Set<object>();
  const steps: WalkStep[] = [];
  const ids: string[][] = [];
  const plan = {
    purpose: 'opportunities of location L1',
    key: retrieval.created,
    range: {},
    filters: ({
      since,
      before,
    }: {
      readonly since?: number | undefined;
      readonly before?: number | undefined;
    }) => [{ ...(since !== undefined && { since }), ...(before !== undefined && { before }) }],
    resume,
  };
  const dependencies = { fetch: createFetch(one, held), retrieval, log: createRecordingLog() };
  for await (const step of walk(plan, dependencies)) {
    steps.push(step);
    ids.push(step.rows.map(idOf));
  }
  expect(held.size).toBe(0);
  return { steps, ids };
};

const missing = ({ rows }: World, ids: readonly string[]): readonly string[] => {
  const have = new Set(ids);
  return rows.map(({ id }) => id).filter((id) => !have.has(id));
};

const exact = fc.constant([0]);
const tooMany = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 5 });
const anyCount = fc.oneof(exact, tooMany, fc.constant(undefined));
/** A page holds more than the largest group of rows that share a token. */
const roomy = (one: World): boolean => largestGroup(one.rows) < Math.min(one.cap, one.limit);

describe('a walk', () => {
  test('gives every row, or says that it is short, when the server counts truly', async () => {
    await fc.assert(
      fc.asyncProperty(world(exact), async (one) => {
        const { steps, ids } = await run(one);
        const isShort = steps.at(-1)?.isShort === true;
        expect(isShort ? [] : missing(one, ids.flat())).toEqual([]);
        // It is never short of rows that can be asked for.
        expect(isShort && roomy(one)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  test('gives every row also when the server counts too many, or not at all', async () => {
    await fc.assert(
      fc.asyncProperty(world(anyCount).filter(roomy), async (one) => {
        const { ids } = await run(one);
        expect(missing(one, ids.flat())).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('claims at each step only what it has read', async () => {
    await fc.assert(
      fc.asyncProperty(world(anyCount).filter(roomy), async (one) => {
        const { steps, ids } = await run(one);
        const firstValid = steps.findLastIndex(({ isDisordered }) => isDisordered) + 1;
        for (const [index, { reached = -Infinity }] of steps.entries()) {
          if (index < firstValid) continue;
          const covered = one.rows.filter(({ ms }) => ms < reached).map(({ id }) => id);
          const have = new Set(ids.slice(0, index + 1).flat());
          expect(covered.filter((id) => !have.has(id))).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('goes on behind any of its steps, and neither repeats nor misses a row', async () => {
    await fc.assert(
      fc.asyncProperty(
        world(fc.oneof(exact, fc.constant(undefined))).filter(roomy),
        fc.nat(),
        async (one, pick) => {
          const { steps, ids } = await run(one);
          const places = [...steps.keys()].filter((index) => steps[index]?.after !== undefined);
          const at = places[pick % Math.max(1, places.length)];
          const after = at === undefined ? undefined : steps[at]?.after;
          if (at === undefined || after === undefined) return;
          const before = ids.slice(0, at + 1).flat();
          // The count is of the whole walk, so the tokens must say where it is.
          const rest = await run({ ...one, drift: undefined }, { after, rows: before.length });
          const all = [...before, ...rest.ids.flat()];
          expect(missing(one, all)).toEqual([]);
          expect(all).toHaveLength(one.rows.length);
        },
      ),
      { numRuns: 300 },
    );
  });
});
