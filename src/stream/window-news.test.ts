import { describe, expect, test } from '@jest/globals';
import { day, isoDay } from './doubles/fake-context.ts';
import { rowTime } from './row-time.ts';
import { isNews, isSinceStart } from './window-news.ts';

const by = rowTime('at', 'at');
const changed = rowTime('changed', 'changed');
const row = (at?: number, changedAt?: number) => ({
  ...(at !== undefined && { at: isoDay(at) }),
  ...(changedAt !== undefined && { changed: isoDay(changedAt) }),
});

describe('the first pass takes a row', () => {
  const times = { by, changed };

  test.each([
    ['changed on the start date', row(-9, -5), true],
    ['made on it', row(-5), true],
    ['made after it, whose change lies before (an import)', row(-4, -9), true],
    ['made and changed before it', row(-9, -5.001), false],
    ['made before it', row(-5.001), false],
    ['that does not say', row(), true],
  ])('%s: %j', (_, one, expected) => {
    expect(isSinceStart(times, day(-5))(one)).toBe(expected);
  });

  test('of any age without a start date', () => {
    expect(isSinceStart(times, undefined)(row(-9000, -9000))).toBe(true);
  });

  test('whatever its event’s time is, which says nothing of when it was made', () => {
    expect(isSinceStart({ ...times, isEventTime: true }, day(-5))(row(400, -6))).toBe(false);
    expect(isSinceStart({ ...times, isEventTime: true }, day(-5))(row(-400, -4))).toBe(true);
    expect(isSinceStart({ by, isEventTime: true }, day(-5))(row(-400))).toBe(true);
  });
});

describe('a later pass takes a row', () => {
  const news = isNews({ by, changed }, { since: day(-5) });

  test.each([
    ['changed since', row(-9, -4), true],
    ['changed at that very time', row(-9, -5), true],
    ['changed before', row(-9, -5.001), false],
    ['made since, whose change lies before', row(-4, -9), true],
    ['that does not say when it changed', row(-9), true],
  ])('%s: %j', (_, one, expected) => {
    expect(news(one)).toBe(expected);
  });

  test('always where rows never say when they changed', () => {
    expect(isNews({ by }, { since: day(-5) })(row(-9))).toBe(true);
  });

  test('by its change alone where the other time is an event’s', () => {
    const events = isNews({ by, changed, isEventTime: true }, { since: day(-5) });
    expect([events(row(400, -6)), events(row(-400, -4))]).toEqual([false, true]);
  });

  test('whatever it says where windows were not read before', () => {
    const events = isNews({ by, changed, isEventTime: true }, { since: day(-5), beyond: day(30) });
    expect([events(row(30, -99)), events(row(29.999, -99))]).toEqual([true, false]);
  });
});
