import { describe, expect, test } from '@jest/globals';
import type { BackfillCursor, IncrementalCursor } from './location-cursor.ts';
import { planCursor } from './plan-cursor.ts';

const NOW = 1_000_000;
const fresh: BackfillCursor = {
  phase: 'backfill',
  unread: [{ since: undefined, before: NOW }],
  until: NOW,
  startDate: 500,
  gap: undefined,
};
const halfway: BackfillCursor = { ...fresh, unread: [{ since: 700, before: 900 }], until: 900 };
const incremental: IncrementalCursor = {
  phase: 'incremental',
  updated: 900,
  created: undefined,
  startDate: 500,
};

describe('where an incremental read begins', () => {
  test('a location without an entry backfills, however far others are', () => {
    expect(planCursor(undefined, 500, NOW)).toEqual(fresh);
  });

  test('a full refresh says nothing to an incremental read', () => {
    const state = { phase: 'full_refresh', job: '7', until: 1, unread: [] } as const;
    expect(planCursor(state, 500, NOW)).toEqual(fresh);
  });

  test('a backfill goes on where it was', () => {
    expect(planCursor(halfway, 500, NOW)).toEqual(halfway);
  });

  test('a backfill whose end lies in the future ends now, for nothing would be read after it', () => {
    const cursor = {
      ...halfway,
      unread: [
        { since: 700, before: 900 },
        { since: 950, before: NOW + 1 },
      ],
      until: NOW + 1,
    };
    expect(planCursor(cursor, 500, NOW)).toEqual({
      ...cursor,
      unread: [
        { since: 700, before: 900 },
        { since: 950, before: NOW },
      ],
      until: NOW,
    });
  });

  test('a backfill that claims rows of the future starts over', () => {
    const cursor = { ...halfway, unread: [{ since: NOW + 1, before: NOW + 2 }], until: NOW + 2 };
    expect(planCursor(cursor, 500, NOW)).toEqual({ ...fresh, until: NOW });
  });

  test('a backfill goes on with a later start date', () => {
    expect(planCursor(halfway, 600, NOW)).toEqual({ ...halfway, startDate: 600 });
  });

  test.each([400, undefined])(
    'a backfill starts over for the start date %j, which is earlier',
    (startDate) => {
      expect(planCursor(halfway, startDate, NOW)).toEqual({ ...fresh, startDate });
    },
  );

  test('an incremental read goes on, also with a later start date', () => {
    expect(planCursor(incremental, 500, NOW)).toEqual(incremental);
    expect(planCursor(incremental, 600, NOW)).toEqual(incremental);
  });

  test.each([400, undefined])(
    'an earlier start date %j backfills the gap and keeps the cursor',
    (startDate) => {
      expect(planCursor(incremental, startDate, NOW)).toEqual({
        ...fresh,
        startDate,
        gap: { updatedBefore: 500, updated: 900 },
      });
    },
  );

  test('what was read from the beginning has no gap', () => {
    const everything: IncrementalCursor = { ...incremental, startDate: undefined };
    expect(planCursor(everything, 400, NOW)).toEqual(everything);
  });

  test('a start date moved back again while its gap is filled fills the larger gap', () => {
    const gap = { updatedBefore: 500, updated: 900 };
    expect(planCursor({ ...halfway, startDate: 400, gap }, 300, NOW)).toEqual({
      ...fresh,
      startDate: 300,
      gap,
    });
  });
});
