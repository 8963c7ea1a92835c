import { expect, test } from '@jest/globals';
import { createRecordingLog } from '../http/doubles/recording-log.ts';
import { day } from './doubles/fake-context.ts';
import { planWindows } from './plan-windows.ts';
import type { WindowCursor, WindowPass } from './window-cursor.ts';

const LATEST = day(0);
const fresh: WindowCursor = {
  changed: undefined,
  startDate: undefined,
  pass: undefined,
  deepBegan: undefined,
  hasGap: false,
  deep: undefined,
};
const pass = { next: day(-9), until: day(0), began: day(-1), hasGap: false };

const plan = (state: WindowCursor | undefined, startDate?: number) => {
  const log = createRecordingLog();
  return { cursor: planWindows(state, { startDate, latest: LATEST, place: 'L', log }), lines: log.lines };
};

test.each<[string, Partial<WindowCursor>]>([
  ['a pass on its way', { pass }],
  ['rows that have been read', { changed: day(-3), deepBegan: day(-5) }],
  ['a weekly pass on its way', { changed: day(-3), deepBegan: day(-8), deep: pass }],
  ['a clock that was ahead by hours', { changed: day(0.5) }],
])('a state of %s is gone on from', (_, part) => {
  const state = { ...fresh, ...part };
  expect(plan(state)).toEqual({ cursor: state, lines: [] });
});

test.each<[string, Partial<WindowPass>]>([
  ['that ends', { until: day(400) }],
  ['that began', { began: day(400) }],
  ['that is', { next: day(400) }],
])('a pass %s in the future is not believed: everything is read again', (_, part) => {
  const { cursor, lines } = plan({ ...fresh, pass: { ...pass, ...part } });
  expect(cursor).toEqual(fresh);
  expect(lines).toEqual([expect.stringContaining('warn: L: a part of the state lies in the future')]);
});

test.each<[string, Partial<WindowCursor>]>([
  ['began', { deepBegan: day(400) }],
  ['is on its way', { deepBegan: day(-8), deep: { ...pass, next: day(400) } }],
])('a weekly pass that %s in the future begins anew', (_, part) => {
  const { cursor, lines } = plan({ ...fresh, changed: day(-1), ...part });
  expect(cursor).toEqual({ ...fresh, changed: day(-1) });
  expect(lines).toHaveLength(1);
});

test('rows that have been read far into the future are not read again, but asked for in no year to come', () => {
  const state = { ...fresh, changed: day(400), deepBegan: day(400), pass: { ...pass, until: day(400) } };
  const { cursor, lines } = plan(state);
  expect(cursor).toEqual({ ...state, pass: undefined });
  expect(lines).toEqual(['warn: L: the state lies in the future, so there is nothing to read.']);
});

test('an earlier start date begins anew', () => {
  expect(plan({ ...fresh, changed: day(-3), startDate: day(-9) }, day(-20)).cursor).toEqual({
    ...fresh,
    startDate: day(-20),
  });
});
