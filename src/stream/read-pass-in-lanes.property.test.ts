import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { transientError } from '../foundation/errors.ts';
import { type JsonObject, textAt } from '../foundation/json.ts';
import { collect } from './doubles/collect-events.ts';
import { type Answer, day } from './doubles/fake-context.ts';
import { thingsEndpoint, windowServer } from './doubles/test-streams.ts';
import { openPass, rowAt, runPass } from './doubles/windows-pass.ts';
import { idOf } from './row-id.ts';

const DAY_MS = 86_400_000;
const NEXT = day(-3_000);

interface Case {
  readonly rows: readonly JsonObject[];
  readonly given: NonNullable<Parameters<typeof runPass>[1]>;
}

/** Rows in heaps, of several parents, behind answers that come in any order. */
const anyCase: fc.Arbitrary<Case> = fc
  .record({
    parents: fc.integer({ min: 1, max: 4 }),
    parallel: fc.integer({ min: 2, max: 6 }),
    times: fc.array(
      fc.record({
        days: fc.oneof(fc.integer({ min: 0, max: 2_999 }), fc.integer({ min: 1_000, max: 1_010 })),
        minutes: fc.integer({ min: 0, max: 1_439 }),
        parent: fc.nat(),
      }),
      { maxLength: 150, size: 'max' },
    ),
    mostRows: fc.integer({ min: 7, max: 30 }),
    isUnpaged: fc.boolean(),
    hasTotal: fc.boolean(),
    isTight: fc.boolean(),
    delays: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 40 }),
  })
  .map(({ parents: count, parallel, times, mostRows, isUnpaged, hasTotal, isTight, delays }) => {
    const parents = Array.from({ length: count }, (_, index) => ({ id: `p${index}` }));
    const rows = times.map(({ days, minutes, parent }, index) =>
      rowAt(`r${index}`, NEXT + days * DAY_MS + minutes * 60_000, { parent: `p${parent % count}` }),
    );
    const total = hasTotal ? { total: (inside: readonly JsonObject[]) => inside.length } : {};
    return {
      rows,
      given: {
        next: NEXT,
        parents,
        parallel,
        isTight,
        retrieval: { mostRows, ...(isUnpaged && { endpoint: thingsEndpoint() }) },
        answer: windowServer(() => rows, total),
        turns: (call) => delays[call % delays.length] ?? 0,
      },
    };
  });

const sorted = (ids: readonly string[]): readonly string[] => [...ids].sort();
const timeOf = (row: JsonObject): number => Date.parse(textAt(row, 'at') ?? '');
const placeOf = (cursor: JsonObject | undefined): number => Date.parse(textAt(cursor ?? {}, 'next') ?? '');

describe('a pass that reads several windows at once', () => {
  test('gives each row once, in whichever order the answers come, and never asks for more at once than it may', async () => {
    await fc.assert(
      fc.asyncProperty(anyCase, async ({ rows, given }) => {
        const run = await runPass(rows, given);
        expect(sorted(run.ids)).toEqual(sorted(rows.map(idOf)));
        expect(run.ends).toEqual([{ isThrough: true, hasGap: false }]);
        expect(placeOf(run.state)).toBe(day(0));
        expect(run.mostAtOnce()).toBeLessThanOrEqual(given.parallel ?? 1);
        expect(run.held()).toBe(0);
      }),
      { numRuns: 100 },
    );
  });

  test('claims in each checkpoint no more than it has given, and more than in the one before', async () => {
    await fc.assert(
      fc.asyncProperty(anyCase, async ({ rows, given }) => {
        const came = new Set<string>();
        let claimed = NEXT;
        for await (const event of openPass(rows, given).events) {
          if (event.kind === 'rows') event.rows.forEach((row) => came.add(idOf(row)));
          if (event.kind !== 'checkpoint') continue;
          const place = placeOf(event.cursor);
          expect(place).toBeGreaterThan(claimed);
          claimed = place;
          const missing = rows.filter((row) => timeOf(row) < place && !came.has(idOf(row)));
          expect(missing).toEqual([]);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('lets go of everything when nobody wants more, wherever that is', async () => {
    await fc.assert(
      fc.asyncProperty(anyCase, fc.nat({ max: 60 }), async ({ rows, given }, pick) => {
        const { events, held, requests } = openPass(rows, given);
        let taken = 0;
        for await (const _ of events) {
          taken += 1;
          if (taken > pick) break;
        }
        expect(held()).toBe(0);
        const asked = requests.length;
        await new Promise((go) => setImmediate(go));
        expect(requests).toHaveLength(asked);
      }),
      { numRuns: 100 },
    );
  });

  test('ends with the failure of its requests, from whichever on, and waits for nothing then', async () => {
    await fc.assert(
      fc.asyncProperty(anyCase, fc.integer({ min: 1, max: 40 }), async ({ rows, given }, failing) => {
        const answer: Answer = (request, call) =>
          call >= failing ? transientError('broken') : (given.answer?.(request, call) ?? null);
        const { events, held, requests } = openPass(rows, { ...given, answer });
        const end = await collect(events).then(
          () => 'well',
          (thrown: unknown) => thrown,
        );
        expect(end).toEqual(requests.length < failing ? 'well' : transientError('broken'));
        expect(held()).toBe(0);
      }),
      { numRuns: 100 },
    );
  });

  test('is through with what is under way when the time of the sync is over, and goes on behind it', async () => {
    await fc.assert(
      fc.asyncProperty(anyCase, fc.nat({ max: 10 }), async ({ rows, given }, asks) => {
        let asked = 0;
        const isOver = (): boolean => (asked += 1) > asks;
        const first = await runPass(rows, { ...given, isOver });
        const next = placeOf(first.state);
        expect(next).toBeGreaterThan(NEXT);
        expect(first.ends).toMatchObject([{ isThrough: next === day(0) }]);
        const second = await runPass(rows, { ...given, next });
        expect(sorted([...new Set([...first.ids, ...second.ids])])).toEqual(sorted(rows.map(idOf)));
      }),
      { numRuns: 100 },
    );
  });
});
