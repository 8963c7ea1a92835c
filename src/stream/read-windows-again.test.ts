import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../foundation/json.ts';
import { day, isoDay, overAfter } from './doubles/fake-context.ts';
import { row, synced, syncWindows } from './doubles/windows-sync.ts';

describe('the trailing window', () => {
  test('begins before the checkpoint by its length and ends now', async () => {
    expect((await syncWindows({ state: synced(-1) })).windows).toEqual([[day(-11), day(0)]]);
    expect((await syncWindows({ state: synced(-1), trailingDays: 3 })).windows).toEqual([[day(-4), day(0)]]);
    expect((await syncWindows({ state: synced(-1), trailingDays: 0 })).windows).toEqual([[day(-1), day(0)]]);
  });

  test('ends as far ahead as events are read', async () => {
    const { windows } = await syncWindows({
      state: synced(-1),
      retrieval: { aheadDays: 30, isEventTime: true },
    });
    expect(windows[0]).toEqual([day(-11), day(30)]);
  });

  test('does not begin before the start date less its length', async () => {
    const state = synced(-1, { start_date: isoDay(-1) });
    expect((await syncWindows({ state, startDate: day(-0.5) })).windows).toEqual([[day(-10.5), day(0)]]);
  });

  test('gives what changed since the checkpoint and what does not say', async () => {
    const rows = [
      row('old', -8, -3),
      row('edge', -8, -1),
      row('changed', -8, -0.5),
      row('silent', -8),
      row('imported', -0.5, -300),
    ];
    const { ids, state } = await syncWindows({ rows, state: synced(-1) });
    expect([...ids].sort()).toEqual(['changed', 'edge', 'imported', 'silent']);
    expect(state).toEqual({ changed: isoDay(0), deep_pass: isoDay(-1) });
  });

  test('gives what changed within the lookback', async () => {
    const lookbackMs = day(-1) - day(-2);
    const rows = [row('in', -8, -2), row('out', -8, -2.001)];
    expect((await syncWindows({ rows, state: synced(-1), lookbackMs })).ids).toEqual(['in']);
  });

  test('moves the checkpoint to when it began, never by rows of the future', async () => {
    const { state } = await syncWindows({ rows: [row('future', -1, 400)], state: synced(-1) });
    expect(state?.['changed']).toBe(isoDay(0));
  });

  test('never moves the checkpoint back', async () => {
    const { state } = await syncWindows({ state: synced(1), now: day(0) });
    expect(state?.['changed']).toBe(isoDay(1));
  });

  test('moves the checkpoint though rows may be missing, and remembers that', async () => {
    const first = await syncWindows({
      rows: [row('given', -2, -0.5)],
      state: synced(-1),
      missingAt: day(-2),
    });
    expect(first.trace).toContain('gap');
    expect(first.state).toEqual({ changed: isoDay(0), deep_pass: isoDay(-1), gap: true });
    const second = await syncWindows({ now: day(1), state: first.state });
    expect(second.state).toEqual({ changed: isoDay(1), deep_pass: isoDay(-1), gap: true });
  });

  test('that was not finished is finished, and then read once more', async () => {
    const retrieval = { trailingDays: 800 };
    const rows = [row('a', -700, -0.5), row('b', -1, -0.5)];
    const first = await syncWindows({ rows, retrieval, state: synced(-1), isOver: overAfter(2) });
    expect(first.ids).toEqual(['a']);
    expect(first.state).toMatchObject({ changed: isoDay(-1), reading: { began: isoDay(0) } });
    const later = [row('a', -700, 0.5), row('b', -1, -0.5), row('c', 0.5, 0.5)];
    const second = await syncWindows({ rows: later, retrieval, now: day(1), state: first.state });
    expect(second.ids).toEqual(expect.arrayContaining(['a', 'b', 'c']));
    expect(second.state).toEqual({ changed: isoDay(1), deep_pass: isoDay(-1) });
  });

  test('that was not finished remembers that rows may be missing', async () => {
    const retrieval = { trailingDays: 800 };
    const rows = [row('a', -700, -0.5)];
    const isOver = overAfter(2);
    const first = await syncWindows({ rows, retrieval, state: synced(-1), isOver, missingAt: day(-700) });
    expect(first.state).toMatchObject({ changed: isoDay(-1), reading: { gap: true } });
    const second = await syncWindows({ rows, retrieval, now: day(1), state: first.state });
    expect(second.state).toEqual({ changed: isoDay(1), deep_pass: isoDay(-1), gap: true });
  });

  test('gives an event that was too far ahead until now', async () => {
    const retrieval = { aheadDays: 30, isEventTime: true };
    const rows = [row('far', 31, -100)];
    const first = await syncWindows({ rows, retrieval });
    expect(first.ids).toEqual([]);
    const second = await syncWindows({ rows, retrieval, now: day(2), state: first.state });
    expect(second.ids).toEqual(['far']);
  });
});

describe('the pass over everything', () => {
  const state = (deep: number, more: JsonObject = {}): JsonObject =>
    synced(-1, { deep_pass: isoDay(deep), ...more });

  test.each([
    [-7, true],
    [-6.999, false],
  ])('comes once a week: %j days after the last one, %j', async (deep, comes) => {
    const { windows, state: next } = await syncWindows({ state: state(deep) });
    expect(windows[0]).toEqual([day(-11), day(0)]);
    expect(windows.length > 1).toBe(comes);
    expect(next?.['deep_pass']).toBe(isoDay(comes ? 0 : deep));
  });

  test('reads what the trailing window does not reach, up to where that begins', async () => {
    const { windows } = await syncWindows({ state: state(-7) });
    const [, ...deep] = windows;
    expect([deep[0]?.[0], deep.at(-1)?.[1]]).toEqual([0, day(-10)]);
  });

  test('gives what changed since the last one, which is before the checkpoint', async () => {
    const rows = [row('a', -100, -7), row('b', -100, -3), row('c', -100, -7.001), row('silent', -100)];
    const { ids } = await syncWindows({ rows, state: state(-7) });
    expect(ids).toEqual(['a', 'b', 'silent']);
  });

  test('gives what changed within the lookback before the last one', async () => {
    const lookbackMs = day(-7) - day(-8);
    const rows = [row('in', -100, -8), row('out', -100, -8.001)];
    expect((await syncWindows({ rows, lookbackMs, state: state(-7) })).ids).toEqual(['in']);
  });

  test('goes on where it was, beside the trailing window, and counts from when it began', async () => {
    const rows = [row('a', -1000, -2), row('b', -11, -2)];
    const startDate = day(-1100);
    const given = state(-7, { start_date: isoDay(-1100) });
    const first = await syncWindows({ rows, startDate, state: given, isOver: overAfter(3) });
    expect(first.ids).toEqual(['a']);
    expect(first.state).toMatchObject({
      changed: isoDay(0),
      deep_pass: isoDay(-7),
      deep_reading: { began: isoDay(0), until: isoDay(-10) },
    });
    const second = await syncWindows({ rows, startDate, now: day(1), state: first.state });
    expect(second.ids).toEqual(['b']);
    expect(second.state).toEqual({ changed: isoDay(1), deep_pass: isoDay(0), start_date: isoDay(-1100) });
  });

  test('takes nothing for old, and leaves nothing out, after rows may have been missing', async () => {
    const rows = [row('far', -100, -50), row('given', -2, -0.5), row('missing', -2, -0.5)];
    const after = synced(-1, { deep_pass: isoDay(-1), gap: true });
    const weekly = await syncWindows({ rows, now: day(6), state: after });
    expect(new Set(weekly.ids)).toEqual(new Set(['far', 'given', 'missing']));
    expect(weekly.windows.at(-1)?.[1]).toBe(day(6));
    expect(weekly.state).toEqual({ changed: isoDay(6), deep_pass: isoDay(6) });
    expect((await syncWindows({ rows, now: day(13), state: weekly.state })).ids).toEqual([]);
  });

  // A calendar that was not listed before has events that are old and new to whoever reads our rows.
  test('takes no event for old, and reads those ahead too', async () => {
    const rows = [row('long ago', -100, -100), row('soon', 20, -100)];
    const retrieval = { aheadDays: 30, isEventTime: true };
    const { ids, windows } = await syncWindows({ rows, retrieval, state: state(-7) });
    expect(ids).toEqual(['long ago', 'soon']);
    expect(windows.at(-1)?.[1]).toBe(day(30));
    expect((await syncWindows({ rows, retrieval, state: state(-6) })).ids).toEqual([]);
  });

  test('does not count as whole when rows may be missing', async () => {
    const first = await syncWindows({ rows: [row('a', -100, -3)], state: state(-7), missingAt: day(-100) });
    expect(first.trace).toContain('gap');
    const appeared = [row('a', -100, -3), row('missing', -100, -3)];
    const second = await syncWindows({ rows: appeared, now: day(7), state: first.state });
    expect(second.ids).toContain('missing');
  });
});
