import { expect, test } from '@jest/globals';
import { addCosts, Meter } from './meter.ts';

test('costs are added up, by request and by meter', () => {
  const meter = new Meter();
  meter.sent({ isRetry: false, quotaMs: 10, dailyLeft: 900 });
  const before = meter.costs;
  meter.backedOff(500);
  meter.sent({ isRetry: true, quotaMs: 5, dailyLeft: undefined });
  expect(meter.costs).toEqual({ requests: 2, retries: 1, quotaMs: 15, backoffMs: 500 });
  expect(addCosts(before, meter.costs)).toEqual({ requests: 3, retries: 1, quotaMs: 25, backoffMs: 500 });
  expect(meter.dailyLeft).toBe(900);
});
