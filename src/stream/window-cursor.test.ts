import { describe, expect, test } from '@jest/globals';
import { day, isoDay } from './doubles/fake-context.ts';
import { rowTime } from './row-time.ts';
import { parsePass, parseWindowCursor, windowColumn, windowCursorJson } from './window-cursor.ts';

const PASS = { next: day(-5), until: day(1), began: day(0), hasGap: false };
const NOTHING = {
  changed: undefined,
  startDate: undefined,
  pass: undefined,
  deepBegan: undefined,
  hasGap: false,
  deep: undefined,
};

describe('the state of a location that is read by windows', () => {
  test.each([
    ['its first pass', { ...NOTHING, pass: PASS }],
    ['its first pass, from a start date', { ...NOTHING, pass: PASS, startDate: day(-9) }],
    ['no pass, with gaps', { ...NOTHING, changed: day(-1), deepBegan: day(-3), hasGap: true }],
    ['a pass with gaps', { ...NOTHING, pass: { ...PASS, hasGap: true } }],
    ['no pass', { ...NOTHING, changed: day(-1), deepBegan: day(-3) }],
    [
      'both passes',
      {
        changed: day(-1),
        startDate: day(-9),
        pass: PASS,
        deepBegan: day(-8),
        hasGap: false,
        deep: { ...PASS, next: 0 },
      },
    ],
  ])('means the same when it is read again on %s', (_, cursor) => {
    expect(parseWindowCursor(windowCursorJson(cursor, 'updated_at'), 'updated_at')).toEqual(cursor);
  });

  test('has the names that the documentation gives', () => {
    const cursor = {
      changed: day(-1),
      startDate: day(-9),
      pass: PASS,
      deepBegan: day(-8),
      hasGap: false,
      deep: PASS,
    };
    const pass = { next: isoDay(-5), until: isoDay(1), began: isoDay(0) };
    expect(windowCursorJson(cursor, 'updated_at')).toEqual({
      updated_at: isoDay(-1),
      reading: pass,
      deep_pass: isoDay(-8),
      deep_reading: pass,
      start_date: isoDay(-9),
    });
  });

  test.each([[{}], [{ deep_pass: isoDay(0) }], [{ full_refresh: { job: 'j', done: true } }]])(
    'says nothing as %j',
    (state) => {
      expect(parseWindowCursor(state, 'updated_at')).toBeUndefined();
    },
  );

  test.each([
    [[]],
    ['text'],
    [{ updated_at: 'soon' }],
    [{ updated_at: isoDay(0), start_date: 5 }],
    [{ reading: { next: isoDay(0), until: isoDay(0) } }],
    [{ updated_at: isoDay(0), deep_reading: { until: isoDay(0), began: isoDay(0) } }],
  ])('is refused as %j', (state) => {
    expect(() => parseWindowCursor(state, 'updated_at')).toThrow("not one of this connector's");
  });

  test('is named by when rows changed, or else by what windows go by', () => {
    const by = rowTime('created_at', 'createdAt');
    expect(windowColumn({ by, changed: rowTime('updated_at', 'updatedAt') })).toBe('updated_at');
    expect(windowColumn({ by })).toBe('created_at');
  });

  test('has no pass where there is none', () => {
    expect([parsePass(undefined), parsePass(null), parsePass([])]).toEqual([undefined, undefined, undefined]);
  });
});
