import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anyJson, anyJsonObject } from '../foundation/doubles/any-json.ts';
import { ConnectorError } from '../foundation/errors.ts';
import type { JsonObject, JsonValue } from '../foundation/json.ts';
import { streams } from '../streams/index.ts';
import { fullRefreshOf, fullRefreshState } from './full-refresh.ts';
import { type LocationCursor, parseCursor, serialiseCursor } from './location-cursor.ts';
import { planCursor } from './plan-cursor.ts';
import { incrementalReader } from './reader.ts';
import { parsePass, parseWindowCursor, passJson, windowCursorJson } from './window-cursor.ts';

const KEYS = {
  created: { column: 'date_added', field: 'dateAdded', valueOf: () => undefined },
  updated: { column: 'date_updated', field: 'dateUpdated', valueOf: () => undefined },
};
/** Names that cursors use, so that what comes is near to what is expected. */
const NAMES = [
  ...[
    'backfill',
    'until',
    'updated_before',
    'start_date',
    'created',
    'full_refresh',
    'job',
    'rows',
    'after',
    'done',
    'unread',
    'since',
    'before',
  ],
  ...['reading', 'next', 'began', 'gap', 'deep_pass', 'deep_reading', 'full_pass', 'full_reading', 'newest'],
  ...['date_added', 'date_updated', 'created_at', 'updated_at'],
];

/** What remains of a state that was written, kept by a platform, and read again. */
const kept = (state: JsonValue): JsonValue => JSON.parse(JSON.stringify(state)) as JsonValue;

const instant = fc
  .date({
    min: new Date('0001-01-01T00:00:00Z'),
    max: new Date('9999-12-31T23:59:59.999Z'),
    noInvalidDate: true,
  })
  .map((date) => date.getTime());
const maybe = fc.option(instant, { nil: undefined });
const token = fc.array(fc.oneof(fc.string(), fc.integer(), fc.constant(null)), { maxLength: 3 });

const locationCursor: fc.Arbitrary<LocationCursor> = fc.oneof(
  fc.record({
    phase: fc.constant('backfill' as const),
    unread: fc.oneof(
      fc.record({ since: maybe, before: instant }).map((span) => [span]),
      fc.array(fc.record({ since: instant, before: instant }), { minLength: 2, maxLength: 4 }),
    ),
    until: instant,
    startDate: maybe,
    gap: fc.option(fc.record({ updatedBefore: instant, updated: instant }), { nil: undefined }),
  }),
  fc.record({
    phase: fc.constant('incremental' as const),
    updated: instant,
    created: maybe,
    startDate: maybe,
  }),
  fc.record({
    phase: fc.constant('full_refresh' as const),
    job: fc.string({ minLength: 1 }),
    until: instant,
    unread: fc.array(
      fc.record({
        span: fc.record({ since: maybe, before: instant }),
        resume: fc.option(fc.record({ after: token, rows: fc.nat() }), { nil: undefined }),
      }),
      { maxLength: 4 },
    ),
  }),
);

const pass = fc.record({ next: instant, until: instant, began: instant, hasGap: fc.boolean() });
const maybePass = fc.option(pass, { nil: undefined });

describe('a cursor that was written and is read again is the same:', () => {
  test('of a search', () => {
    fc.assert(
      fc.property(locationCursor, (cursor) => {
        expect(parseCursor(kept(serialiseCursor(cursor, KEYS)), KEYS)).toEqual(cursor);
      }),
    );
  });

  test('of windows', () => {
    const cursor = fc
      .record({
        changed: maybe,
        startDate: maybe,
        pass: maybePass,
        deepBegan: maybe,
        hasGap: fc.boolean(),
        deep: maybePass,
      })
      .filter(({ changed, pass: reading }) => changed !== undefined || reading !== undefined);
    fc.assert(
      fc.property(cursor, fc.constantFrom('date_added', 'updated_at'), (one, column) => {
        expect(parseWindowCursor(kept(windowCursorJson(one, column)), column)).toEqual(one);
      }),
    );
  });

  test('of a full refresh by windows, for its job alone', () => {
    fc.assert(
      fc.property(pass, fc.string({ minLength: 1 }), fc.string(), (reading, job, suffix) => {
        const state = kept(fullRefreshState(job, { reading: passJson(reading) })) as JsonObject;
        expect(parsePass(fullRefreshOf(state, job)?.['reading'])).toEqual(reading);
        expect(fullRefreshOf(state, `${job}${suffix}x`)).toBeUndefined();
        expect(fullRefreshOf(state, undefined)).toBeUndefined();
      }),
    );
  });
});

const incremental = streams.flatMap((stream) => {
  const reader = incrementalReader(stream);
  return reader === undefined ? [] : [[stream.name, reader] as const];
});

const outcomeOf = (read: (state: JsonValue) => void, state: JsonValue): unknown => {
  try {
    read(state);
    return 'read';
  } catch (thrown) {
    return thrown instanceof ConnectorError ? thrown.failureType : thrown;
  }
};

test.each(incremental)('any state of a location is read for %s, or refused as what it is', (_, reader) => {
  const names = [...NAMES, reader.cursorColumn];
  fc.assert(
    fc.property(fc.oneof(anyJson(names), anyJsonObject(names)), (state) => {
      expect(['read', 'config_error']).toContain(outcomeOf(reader.check, state));
    }),
    { numRuns: 60 },
  );
});

describe('where an incremental read begins', () => {
  const start = fc.oneof(fc.constant(undefined), instant);

  const anyState = fc.option(locationCursor, { nil: undefined });

  test('is where the state is, if it covers the start date', () => {
    fc.assert(
      fc.property(anyState, start, instant, (state, startDate, now) => {
        const plan = planCursor(state, startDate, now);
        const isThere = plan.phase === 'incremental';
        expect(isThere ? plan : state).toEqual(state);
        expect((isThere ? plan.startDate : undefined) ?? -Infinity).toBeLessThanOrEqual(
          isThere ? (startDate ?? -Infinity) : 0,
        );
        expect(isThere || plan.startDate === startDate).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('leaves out nothing but what the state says was read before', () => {
    /** Changes between these instants have been read. */
    const readBefore = (state: LocationCursor | undefined) => {
      if (state?.phase === 'incremental')
        return { updatedBefore: state.startDate ?? -Infinity, updated: state.updated };
      return state?.phase === 'backfill' ? state.gap : undefined;
    };
    fc.assert(
      fc.property(anyState, start, instant, (state, startDate, now) => {
        const plan = planCursor(state, startDate, now);
        const left = plan.phase === 'backfill' ? plan.gap : undefined;
        expect([undefined, readBefore(state)]).toContainEqual(left);
      }),
      { numRuns: 300 },
    );
  });

  test('is the same when it is planned again from what it wrote', () => {
    fc.assert(
      fc.property(fc.option(locationCursor, { nil: undefined }), start, instant, (state, startDate, now) => {
        const plan = planCursor(state, startDate, now);
        const again = planCursor(parseCursor(kept(serialiseCursor(plan, KEYS)), KEYS), startDate, now + 1);
        expect(again).toEqual(plan);
      }),
    );
  });
});
