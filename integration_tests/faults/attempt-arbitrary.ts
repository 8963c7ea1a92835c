import fc, { type Arbitrary } from 'fast-check';
import { event } from './event-arbitrary.ts';
import type { Attempt, Ending, Interruption, Stall, WireDisturbance, WireFault } from './schedule.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from './spans.ts';

const FAULTS: readonly WireFault[] = [
  'html',
  'error',
  'lost',
  'unanswered',
  'cut',
  'malformed',
  'stalled',
  'slow',
  'rate_limited',
  'repeated',
  'shuffled',
  'reversed',
  'stuck',
  'thinned',
  'bare',
  'echoed',
];

/** More than any attempt has requests. */
const FOR_EVER = 1_000_000;

/** Most attempts have few requests. */
const nth = fc.oneof(
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 12 }) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 40 }) },
);

const disturbance: Arbitrary<WireDisturbance> = fc
  .record({
    fault: fc.constantFrom(...FAULTS),
    nth,
    count: fc.oneof(
      { weight: 4, arbitrary: fc.constant(1) },
      { weight: 2, arbitrary: fc.integer({ min: 2, max: 5 }) },
      { weight: 1, arbitrary: fc.integer({ min: 6, max: 40 }) },
      { weight: 1, arbitrary: fc.constant(FOR_EVER) },
    ),
  })
  // A server that repeats its first page whatever it is asked for is one that knows no pages.
  .map((one) => (one.fault === 'repeated' ? { ...one, count: 1 } : one))
  // A page that comes twice is read on from; only one that always comes shows whether a walk knows when to give up.
  .map((one) => (one.fault === 'stuck' ? { ...one, count: FOR_EVER } : one));

const interruption: Arbitrary<Interruption> = fc.record({ nth, event });

/** What happens once happens again, two hours later by all clocks. What it takes to get over it is done by then. */
const recurrence: Arbitrary<readonly Interruption[]> = fc
  .record({
    event,
    first: fc.integer({ min: 2, max: 8 }),
    step: fc.integer({ min: 4, max: 7 }),
    more: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ event: same, first, step, more }) => [
    { nth: first, event: same },
    { nth: first + step, event: { kind: 'freeze', ms: 2 * HOUR_MS } },
    { nth: first + step + more, event: same },
  ]);

const interruptions: Arbitrary<readonly Interruption[]> = fc.oneof(
  { weight: 2, arbitrary: fc.constant([]) },
  { weight: 3, arbitrary: fc.array(interruption, { minLength: 1, maxLength: 6 }) },
  { weight: 1, arbitrary: recurrence },
);

/** Small tables print few lines. */
const afterLines = fc.oneof(
  fc.integer({ min: 1, max: 25 }),
  fc.integer({ min: 15, max: 60 }),
  fc.integer({ min: 1, max: 150 }),
);

const ending: Arbitrary<Ending> = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ kind: 'own' as const }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('kill' as const, 'terminate' as const, 'close' as const),
      afterLines,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('kill' as const),
      afterLines: fc.integer({ min: 1, max: 6 }),
      counting: fc.constant('states' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom('kill' as const, 'terminate' as const),
      afterRequests: nth,
    }),
  },
);

const stall: Arbitrary<Stall> = fc.record({
  afterLines,
  ms: fc.integer({ min: SECOND_MS, max: HOUR_MS }),
});

/** An attempt, and everything that disturbs it. */
export const attempt: Arbitrary<Attempt> = fc.record({
  ending,
  stalls: fc.array(stall, { maxLength: 1 }),
  // Half of them on a good day: what else happens is seen better then.
  wire: fc.oneof(fc.constant([]), fc.array(disturbance, { minLength: 1, maxLength: 3 })),
  interruptions,
  meanwhile: fc.oneof(fc.constant([]), fc.array(event, { minLength: 1, maxLength: 3 })),
  pauseMs: fc.constantFrom(0, 5 * SECOND_MS, MINUTE_MS, 20 * MINUTE_MS),
});
