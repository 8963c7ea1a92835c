import { expect, test } from '@jest/globals';
import { createVirtualRuntime } from './doubles/virtual-runtime.ts';
import { createServerClock } from './server-clock.ts';

const SERVER_MS = Date.parse('Wed, 21 Oct 2026 07:28:00 GMT');
const headers = { date: 'Wed, 21 Oct 2026 07:28:00 GMT' };

test('knows nothing before the first answer', () => {
  const clock = createServerClock(createVirtualRuntime());
  expect(clock.now()).toBeUndefined();
  clock.observe({});
  // JavaScript makes a date of each but the first.
  for (const date of ['yesterday', '5', '-5', '+275760-09-13T00:00:00.000Z', '2026-10-21T07:28:00Z']) {
    clock.observe({ date });
  }
  expect(clock.now()).toBeUndefined();
});

test('goes on with the local clock, however wrong that is', () => {
  const runtime = createVirtualRuntime(5_000);
  const clock = createServerClock(runtime);
  clock.observe(headers);
  expect(clock.now()).toBe(SERVER_MS);
  runtime.set(7_500);
  expect(clock.now()).toBe(SERVER_MS + 2_500);
});

test('a local clock that is set back does not take it back, and the next answer corrects it', () => {
  const runtime = createVirtualRuntime(5_000_000);
  const clock = createServerClock(runtime);
  clock.observe(headers);
  runtime.set(1_000_000);
  expect(clock.now()).toBe(SERVER_MS);
  clock.observe({ date: 'Wed, 21 Oct 2026 07:29:00 GMT' });
  expect(clock.now()).toBe(SERVER_MS + 60_000);
});
