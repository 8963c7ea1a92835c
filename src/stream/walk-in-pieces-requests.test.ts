import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { createVirtualRuntime } from '../http/doubles/virtual-runtime.ts';
import { createRateLimiter } from '../http/rate-limiter.ts';
import { contacts } from '../streams/contacts.ts';
import { walkContacts } from './doubles/contact-search.ts';

const PAGE = 50;
const ROWS = 25_000;
const FULL_PAGES = ROWS / PAGE;
const LANES = 6;
const START = Date.UTC(2024, 0);
const SPAN_MS = 3e10;
const INTERVAL_MS = 10_000;
const LATENCY_MS = 300;

/** Where in time the rows lie, as a function of their place among them; both from 0 to 1. */
const SPREADS: readonly (readonly [name: string, at: (place: number) => number])[] = [
  ['evenly', (place) => place],
  ['evenly in the middle of the time', (place) => 0.3 + 0.4 * place],
  ['more and more', (place) => Math.sqrt(place)],
  ['most of them lately', (place) => place ** 0.2],
  ['half of them in three imports', (place) => (place < 0.5 ? 2 * place : Math.ceil(place * 6) / 6 - 0.05)],
];

const spread = (at: (place: number) => number): readonly number[] =>
  Array.from({ length: ROWS }, (_, place) => Math.floor(START + SPAN_MS * at(place / ROWS))).sort(
    (one, other) => one - other,
  );

test.each(SPREADS)('rows that lie %s take at most a tenth more requests than full pages', async (_, at) => {
  let requests = 0;
  const beforeAnswer = async (): Promise<void> => {
    requests += 1;
    await nextTurn();
  };
  const ids = await walkContacts({ contacts, times: spread(at), pageSize: PAGE, lanes: LANES, beforeAnswer });
  expect(ids.size).toBe(ROWS);
  expect(requests).toBeGreaterThan(FULL_PAGES);
  expect(requests).toBeLessThanOrEqual(FULL_PAGES * 1.1);
});

test.each([
  [1, 100],
  [0.8, 80],
])('with a share of %p, every full window of ten seconds has its %d requests', async (share, allowed) => {
  const runtime = createVirtualRuntime(0);
  const limiter = createRateLimiter({ runtime, share });
  const windows = new Map<number, number>();
  const beforeAnswer = async (): Promise<void> => {
    const permit = await limiter.acquire('L1');
    permit.sent();
    const window = Math.floor(runtime.now() / INTERVAL_MS);
    windows.set(window, (windows.get(window) ?? 0) + 1);
    await runtime.sleep(LATENCY_MS);
    permit.done({});
  };
  const times = spread((place) => place);
  const ids = await walkContacts({ contacts, times, pageSize: PAGE, lanes: LANES, beforeAnswer });
  expect(ids.size).toBe(ROWS);
  const full = [...windows.values()].slice(0, -1);
  expect(full.length).toBeGreaterThan(3);
  expect(Math.min(...full)).toBeGreaterThanOrEqual(0.99 * allowed);
  expect(Math.max(...full)).toBe(allowed);
});
