import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type JsonObject, textAt } from '../foundation/json.ts';
import { day } from './doubles/fake-context.ts';
import { thingsEndpoint, windowServer, windowsRetrieval } from './doubles/test-streams.ts';
import { runPass } from './doubles/windows-pass.ts';
import { syncWindows } from './doubles/windows-sync.ts';
import { idOf } from './row-id.ts';
import { windowRange } from './window-range.ts';

const DAY_MS = 86_400_000;

/** Rows in heaps: most of them share a few days, some an instant. */
const instant = (from: number, to: number): fc.Arbitrary<number> =>
  fc.oneof(
    fc.integer({ min: from, max: to }),
    fc.integer({ min: 0, max: 20 }).map((minutes) => Math.max(from, to - 40 * DAY_MS) + minutes * 60_000),
    fc.constantFrom(from, to - 1, to),
  );

const rowsIn = (from: number, to: number, maxLength: number): fc.Arbitrary<readonly JsonObject[]> =>
  fc
    .array(instant(from, to), { maxLength, size: 'max' })
    .map((times) => times.map((at, index) => ({ id: `r${index}`, at: new Date(at).toISOString() })));

const idsOf = (rows: readonly JsonObject[]): readonly string[] => rows.map(idOf).sort();
const isIn =
  (since: number, before: number) =>
  ({ at }: JsonObject): boolean =>
    typeof at === 'string' && Date.parse(at) >= since && Date.parse(at) < before;

const span = fc
  .tuple(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: day(0) - 1 })), fc.integer({ min: 1, max: 5000 }))
  .map(([next, days]) => ({ next, until: Math.min(day(0), next + days * DAY_MS) }));

const pass = span.chain(({ next, until }) =>
  fc.record({
    next: fc.constant(next),
    until: fc.constant(until),
    rows: rowsIn(next, until, 60),
    // With fewer, the windows of an endpoint without pages would not grow again where nothing is.
    mostRows: fc.integer({ min: 7, max: 30 }),
    shortestMs: fc.constantFrom(1, 60_000, DAY_MS),
    isUnpaged: fc.boolean(),
    hasTotal: fc.boolean(),
  }),
);

describe('a pass over windows', () => {
  test('covers its span without a seam or an overlap, and gives each row once, however many rows its windows hold', async () => {
    await fc.assert(
      fc.asyncProperty(pass, async ({ next, until, rows, mostRows, shortestMs, isUnpaged, hasTotal }) => {
        const run = await runPass(rows, {
          next,
          until,
          retrieval: {
            mostRows,
            shortestMs,
            ...(isUnpaged && { endpoint: thingsEndpoint() }),
          },
          ...(!hasTotal && { answer: windowServer(() => rows) }),
        });
        const bounds = run.pieces.flat();
        expect(bounds[0]).toBe(next);
        expect(bounds.at(-1)).toBe(until);
        for (const [since, before] of run.pieces) expect(before).toBeGreaterThan(since);
        expect(run.ends).toEqual([{ isThrough: true, hasGap: false }]);
        expect(idsOf(run.rows)).toEqual(idsOf(rows.filter(isIn(next, until))));
        expect(run.held()).toBe(0);
      }),
      { numRuns: 150 },
    );
  });

  test('that ends anywhere goes on there', async () => {
    await fc.assert(
      fc.asyncProperty(pass, fc.nat(), async ({ next, until, rows, mostRows }, pick) => {
        const retrieval = { mostRows };
        const whole = await runPass(rows, { next, until, retrieval });
        const at = pick % whole.checkpoints.length;
        const cut =
          whole.trace
            .map((line, index) => (line === 'checkpoint' ? index : -1))
            .filter((index) => index >= 0)[at] ?? 0;
        const before = whole.trace
          .slice(0, cut)
          .flatMap((line) => (line.startsWith('rows') ? line.split(' ').slice(1) : []));
        const place = whole.pieces[at]?.[1] ?? next;
        const rest = await runPass(rows, { next: place, until, retrieval });
        expect([...before, ...rest.ids].sort()).toEqual(idsOf(rows.filter(isIn(next, until))));
      }),
      { numRuns: 150 },
    );
  });
});

test('a range begins no later than the start date, and never before the epoch', () => {
  const days = fc.oneof(fc.constant(undefined), fc.integer({ min: 0, max: 4000 }));
  const start = fc.oneof(
    fc.constant(undefined),
    fc
      .date({
        min: new Date('0001-01-01T00:00:00Z'),
        max: new Date('9999-12-31T23:59:59.999Z'),
        noInvalidDate: true,
      })
      .map((date) => date.getTime()),
  );
  fc.assert(
    fc.property(days, start, fc.nat({ max: 400 }), (trailingDays, startDate, aheadDays) => {
      const retrieval = windowsRetrieval({ aheadDays });
      const { beginning, trailingMs, aheadMs } = windowRange(retrieval, { startDate, trailingDays });
      expect(beginning).toBeGreaterThanOrEqual(0);
      expect(beginning).toBeLessThanOrEqual(Math.max(0, startDate ?? 0));
      expect([trailingMs, aheadMs]).toEqual([
        (trailingDays ?? retrieval.trailingDays) * DAY_MS,
        aheadDays * DAY_MS,
      ]);
    }),
  );
});

interface Version {
  readonly id: string;
  readonly madeMs: number;
  readonly changedMs: number;
}

/** What rows say at an instant: those that are made by then, with their latest change. */
const rowsAt = (versions: readonly Version[], nowMs: number): readonly JsonObject[] => {
  const latest = new Map<string, Version>();
  for (const version of [...versions].sort((a, b) => a.changedMs - b.changedMs)) {
    if (version.changedMs <= nowMs) latest.set(version.id, version);
  }
  return [...latest.values()].map(({ id, madeMs, changedMs }) => ({
    id,
    at: new Date(madeMs).toISOString(),
    changed: new Date(changedMs).toISOString(),
  }));
};

const versions = fc
  .array(
    fc.record({
      madeMs: fc.integer({ min: day(-60), max: day(30) }),
      changesMs: fc.array(fc.integer({ min: 1, max: 60 * DAY_MS }), { maxLength: 3 }),
    }),
    { maxLength: 20 },
  )
  .map((rows) =>
    rows.flatMap(({ madeMs, changesMs }, index): readonly Version[] =>
      [0, ...changesMs].map((later) => ({ id: `r${index}`, madeMs, changedMs: madeMs + later })),
    ),
  );

interface SyncPlan {
  readonly afterMs: number;
  /** Checkpoints after which it breaks off; more than there are: it ends well. */
  readonly cut: number;
}

const syncPlan: fc.Arbitrary<SyncPlan> = fc.record({
  afterMs: fc.integer({ min: 60_000, max: 9 * DAY_MS }),
  cut: fc.oneof(fc.constant(99), fc.integer({ min: 1, max: 4 })),
});

/** Where a sync ends that breaks off behind so many checkpoints. */
const cutAt = (kinds: readonly string[], checkpoints: number): number => {
  const places = kinds.flatMap((kind, index) => (kind === 'checkpoint' ? [index + 1] : []));
  return places[checkpoints - 1] ?? kinds.length;
};

test('after any syncs, some of which broke off, and a weekly pass, a destination has the last version of each row', async () => {
  await fc.assert(
    fc.asyncProperty(
      versions,
      fc.array(syncPlan, { maxLength: 6 }),
      fc.integer({ min: 1, max: 10 }),
      async (all, plans, mostRows) => {
        const seen = new Map<string, string>();
        let state: JsonObject | undefined;
        let nowMs = day(-30);
        // What the trailing window does not reach is found by the pass after a week; a first one ends what is unfinished.
        const last = [10 * DAY_MS, 8 * DAY_MS, 8 * DAY_MS].map((afterMs) => ({ afterMs, cut: 99 }));
        for (const { afterMs, cut } of [...plans, ...last]) {
          nowMs += afterMs;
          const sync = await syncWindows({
            rows: rowsAt(all, nowMs),
            now: nowMs,
            state,
            lookbackMs: 3_600_000,
            retrieval: { mostRows },
          });
          const end = cutAt(sync.kinds, cut);
          const ids = sync.trace
            .slice(0, end)
            .flatMap((line) => (line.startsWith('rows ') ? line.split(' ').slice(1) : []));
          for (const row of sync.rows.slice(0, ids.length)) seen.set(idOf(row), textAt(row, 'changed') ?? '');
          state = sync.checkpoints.slice(0, cut).at(-1) ?? state;
        }
        const truth = rowsAt(all, nowMs).filter((row) => Date.parse(textAt(row, 'at') ?? '') < nowMs);
        expect(truth.filter((row) => seen.get(idOf(row)) !== row['changed'])).toEqual([]);
      },
    ),
    { numRuns: 150 },
  );
});
