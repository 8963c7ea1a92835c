import { describe, expect, test } from '@jest/globals';
import { createStateThrottle } from './state-throttle.ts';

const QUIET = 5 * 60_000;

describe('a state', () => {
  test('is worth two hundredths of what was written', () => {
    const throttle = createStateThrottle(0);
    throttle.recordsWritten(1_000, 1);
    expect([throttle.allows(20, 1), throttle.allows(21, 1)]).toEqual([true, false]);
  });

  test('has what earlier states took left less', () => {
    const throttle = createStateThrottle(0);
    throttle.recordsWritten(1_000, 1);
    throttle.stateWritten(15, 1);
    expect([throttle.allows(5, 1), throttle.allows(6, 1)]).toEqual([true, false]);
  });

  test('is not even made when one like the last would not be worth it', () => {
    const throttle = createStateThrottle(0);
    expect(throttle.mayAllow(1)).toBe(true);
    throttle.allows(100, 1);
    expect(throttle.mayAllow(1)).toBe(false);
    throttle.recordsWritten(5_000, 1);
    expect(throttle.mayAllow(1)).toBe(true);
  });

  test('is worth anything after five minutes without a line', () => {
    const throttle = createStateThrottle(1_000);
    throttle.allows(100, 1_000);
    expect([throttle.mayAllow(1_000 + QUIET - 1), throttle.mayAllow(1_000 + QUIET)]).toEqual([false, true]);
    expect(throttle.allows(1_000_000, 1_000 + QUIET)).toBe(true);
  });
});

describe('silence', () => {
  test('lasts from the beginning, or from the last record or state', () => {
    const throttle = createStateThrottle(1_000);
    expect([throttle.isSilent(1_000 + QUIET - 1), throttle.isSilent(1_000 + QUIET)]).toEqual([false, true]);
    throttle.recordsWritten(1, 2_000);
    expect([throttle.isSilent(2_000 + QUIET - 1), throttle.isSilent(2_000 + QUIET)]).toEqual([false, true]);
    throttle.stateWritten(1, 3_000);
    expect([throttle.isSilent(3_000 + QUIET - 1), throttle.isSilent(3_000 + QUIET)]).toEqual([false, true]);
  });
});
