import { describe, expect, test } from '@jest/globals';
import { dayBounds, epochBounds } from './bounds.ts';

const at = (iso: string): number => Date.parse(iso);

describe('bounds of days', () => {
  test.each([
    ['2026-03-02T00:00:00.000Z', '2026-03-03T00:00:00.000Z', '2026-03-01', '2026-03-05'],
    ['2026-03-02T23:59:59.999Z', '2026-03-03T23:59:59.999Z', '2026-03-01', '2026-03-05'],
    ['2026-01-01T12:00:00.000Z', '2026-01-01T12:00:00.001Z', '2025-12-31', '2026-01-03'],
  ])(
    'hold %s to %s in every time zone, whether or not the last day counts',
    (since, before, startAt, endAt) => {
      const bounds = dayBounds({ since: at(since), before: at(before) });
      expect(bounds).toEqual({ startAt, endAt });
      // The first day may begin fourteen hours late, the last one may end at its beginning twelve hours early.
      expect(at(`${startAt}T12:00:00Z`)).toBeLessThanOrEqual(at(since));
      expect(at(`${endAt}T00:00:00Z`) - 14 * 3_600_000).toBeGreaterThanOrEqual(at(before));
    },
  );

  test('have a first day that a date can stand for', () => {
    expect(dayBounds({ since: 0, before: 1 })['startAt']).toBe('1970-01-01');
  });
});

describe('bounds of milliseconds', () => {
  test('hold the first and the last instant whether or not bounds count', () => {
    expect(epochBounds({ since: 1000, before: 2000 }, ['from', 'to'])).toEqual({ from: 999, to: 2001 });
  });

  test('are wider where that is wanted, and not below zero', () => {
    expect(epochBounds({ since: 50, before: 2000 }, ['a', 'b'], 100)).toEqual({ a: 0, b: 2100 });
  });
});
