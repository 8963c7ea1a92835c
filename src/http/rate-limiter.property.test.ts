import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createVirtualRuntime } from './doubles/virtual-runtime.ts';
import { createRateLimiter } from './rate-limiter.ts';

const INTERVAL_MS = 10_000;

interface Arrival {
  /** After the beginning. */
  readonly atMs: number;
  /** What it waits for before it is sent, such as a token. */
  readonly heldMs: number;
  /** What it takes beyond the least, until the server counts it and after. */
  readonly late: { readonly beforeMs: number; readonly afterMs: number };
  /** What the answer says is left; undefined without headers, or without an answer. */
  readonly remaining: number | undefined;
}

interface World {
  readonly share: number;
  readonly max: number;
  /** What every request takes until the server counts it, and every answer after. */
  readonly least: { readonly beforeMs: number; readonly afterMs: number };
  readonly arrivals: readonly Arrival[];
}

interface Sent {
  readonly askedMs: number;
  /** When there was a slot. */
  readonly takenMs: number;
  readonly sentMs: number;
  readonly countedMs: number;
  readonly answeredMs: number;
  readonly isWhole: boolean;
}

const capacityOf = ({ share, max }: World): number => Math.max(1, Math.floor(share * max));

const run = async (world: World): Promise<readonly Sent[]> => {
  const runtime = createVirtualRuntime();
  const limiter = createRateLimiter({
    runtime,
    share: world.share,
    limit: { max: world.max, intervalMs: INTERVAL_MS },
  });
  return Promise.all(
    world.arrivals.map(async ({ atMs, heldMs, late, remaining }) => {
      await runtime.sleep(atMs);
      const askedMs = runtime.now();
      const permit = await limiter.acquire('L1');
      const takenMs = runtime.now();
      await runtime.sleep(heldMs);
      permit.sent();
      const sentMs = runtime.now();
      await runtime.sleep(world.least.beforeMs + late.beforeMs);
      const countedMs = runtime.now();
      await runtime.sleep(world.least.afterMs + late.afterMs);
      const answeredMs = runtime.now();
      const max = String(world.max);
      permit.done(
        remaining === undefined
          ? undefined
          : { 'x-ratelimit-max': max, 'x-ratelimit-remaining': String(Math.min(remaining, world.max)) },
      );
      return { askedMs, takenMs, sentMs, countedMs, answeredMs, isWhole: remaining !== undefined };
    }),
  );
};

const arrival = (remaining: Arrival['remaining'] | 'any'): fc.Arbitrary<Arrival> =>
  fc.record({
    atMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 60_000 })),
    heldMs: fc.oneof(fc.constant(0), fc.nat({ max: 3_000 })),
    late: fc.oneof(
      fc.constant({ beforeMs: 0, afterMs: 0 }),
      fc.record({ beforeMs: fc.nat({ max: 500 }), afterMs: fc.nat({ max: 500 }) }),
      fc.record({ beforeMs: fc.nat({ max: 12_000 }), afterMs: fc.nat({ max: 12_000 }) }),
    ),
    remaining:
      remaining === 'any' ? fc.option(fc.nat({ max: 120 }), { nil: undefined }) : fc.constant(remaining),
  });

const world = (remaining: Arrival['remaining'] | 'any'): fc.Arbitrary<World> =>
  fc.record({
    share: fc.oneof(fc.constantFrom(0.01, 0.5, 0.8, 1), fc.double({ min: 0.01, max: 1, noNaN: true })),
    max: fc.oneof(fc.constantFrom(1, 25, 100), fc.integer({ min: 1, max: 30 })),
    least: fc.record({ beforeMs: fc.nat({ max: 600 }), afterMs: fc.nat({ max: 600 }) }),
    arrivals: fc.array(arrival(remaining), { maxLength: 250, size: 'max' }),
  });

/** What nothing can be known without: of the first hundred answers one was not late. */
const knowsThePace = ({ least }: World, sent: readonly Sent[]): boolean => {
  const whole = sent.filter(({ isWhole }) => isWhole).sort((a, b) => a.answeredMs - b.answeredMs);
  const took = whole.slice(0, 100).map(({ sentMs, answeredMs }) => answeredMs - sentMs);
  return took.length < 100 || Math.min(...took) === least.beforeMs + least.afterMs;
};

test('no interval of the server holds more than the share, whatever comes when and whatever answers say', async () => {
  await fc.assert(
    fc.asyncProperty(world('any'), async (one) => {
      const sent = await run(one);
      fc.pre(knowsThePace(one, sent));
      // Nobody starves, or this would not end.
      expect(sent).toHaveLength(one.arrivals.length);
      for (const { countedMs: start } of sent) {
        const inside = sent.filter(({ countedMs }) => countedMs >= start && countedMs < start + INTERVAL_MS);
        expect(inside.length).toBeLessThanOrEqual(capacityOf(one));
      }
    }),
    { numRuns: 60 },
  );
});

test('nobody waits while there is quota', async () => {
  await fc.assert(
    fc.asyncProperty(world(undefined), async (one) => {
      const sent = await run(one);
      for (const { askedMs, takenMs } of sent) {
        // A slot is taken from its sending until one interval after its answer at most, and a millisecond for rounding.
        const taken = (atMs: number): number =>
          sent.filter((other) => other.takenMs <= atMs && atMs <= other.answeredMs + INTERVAL_MS).length;
        for (let atMs = askedMs; atMs < takenMs; atMs += Math.ceil((takenMs - askedMs) / 20)) {
          expect(taken(atMs)).toBeGreaterThanOrEqual(capacityOf(one));
        }
      }
    }),
    { numRuns: 60 },
  );
});

test('who comes first is served first', async () => {
  await fc.assert(
    fc.asyncProperty(world('any'), async (one) => {
      const sent = [...(await run(one))].sort((a, b) => a.askedMs - b.askedMs);
      for (const [index, { askedMs, takenMs }] of sent.entries()) {
        const later = sent.slice(index + 1).filter((other) => other.askedMs > askedMs);
        expect(later.every((other) => other.takenMs >= takenMs)).toBe(true);
      }
    }),
    { numRuns: 60 },
  );
});
