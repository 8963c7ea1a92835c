import fc, { type Arbitrary } from 'fast-check';
import type {
  Attempt,
  Ending,
  Interruption,
  Round,
  Schedule,
  Setting,
  Stall,
  WireDisturbance,
  WireFault,
  WorldEvent,
} from './schedule.ts';
import { TABLES } from './tables.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

const pick = fc.nat({ max: 1000 });

/** The two streams that everybody reads come as often as all the others. */
const streamNumber: Arbitrary<number> = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(0, 1) },
  { weight: 3, arbitrary: fc.nat({ max: TABLES.length - 1 }) },
);

const write = {
  stream: fc.nat({ max: 3 }),
  pick,
  isTogether: fc.boolean(),
};

const rowEvent: Arbitrary<WorldEvent> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('insert' as const, 'update' as const),
      dates: fc.oneof(
        { weight: 2, arbitrary: fc.constant('usual' as const) },
        { weight: 1, arbitrary: fc.constantFrom('imported' as const, 'none' as const) },
      ),
      ...write,
      rows: fc.integer({ min: 1, max: 6 }),
    }),
  },
  {
    weight: 1,
    // More than the pages of a list overlap by.
    arbitrary: fc.record({
      kind: fc.constant('delete' as const),
      ...write,
      rows: fc.integer({ min: 1, max: 10 }),
    }),
  },
);

const otherEvent: Arbitrary<WorldEvent> = fc.oneof(
  fc.record({ kind: fc.constantFrom('suspend' as const, 'refuse' as const, 'uninstall' as const), pick }),
  fc.record({ kind: fc.constant('restore' as const), pick }),
  fc.constant({ kind: 'add_location' as const }),
  fc.record({ kind: fc.constant('lose_scope' as const), stream: fc.nat({ max: 3 }) }),
  fc.constant({ kind: 'regain_scopes' as const }),
  fc.constantFrom(
    { kind: 'expire_tokens' as const },
    { kind: 'revoke_tokens' as const },
    { kind: 'invalid_grant' as const },
  ),
  fc.record({ kind: fc.constant('use_quota' as const), pick, requests: fc.integer({ min: 1, max: 100 }) }),
  fc.record({
    kind: fc.constant('page_size' as const),
    rows: fc.option(fc.integer({ min: 8, max: 20 }), { nil: undefined }),
  }),
  fc.record({ kind: fc.constant('drift' as const), rows: fc.integer({ min: 1, max: 4 }) }),
);

const event: Arbitrary<WorldEvent> = fc.oneof(
  { weight: 5, arbitrary: rowEvent },
  { weight: 1, arbitrary: otherEvent },
);

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
  .map((one) => (one.fault === 'repeated' ? { ...one, count: 1 } : one));

const interruption: Arbitrary<Interruption> = fc.record({ nth, event });

/** Small tables print few lines. */
const afterLines = fc.oneof(fc.integer({ min: 1, max: 25 }), fc.integer({ min: 1, max: 150 }));

const ending: Arbitrary<Ending> = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ kind: 'own' as const }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('kill' as const, 'terminate' as const, 'close' as const),
      afterLines,
    }),
  },
);

const stall: Arbitrary<Stall> = fc.record({
  afterLines,
  ms: fc.integer({ min: SECOND_MS, max: HOUR_MS }),
});

const attempt: Arbitrary<Attempt> = fc.record({
  ending,
  stalls: fc.array(stall, { maxLength: 1 }),
  wire: fc.array(disturbance, { maxLength: 3 }),
  interruptions: fc.array(interruption, { maxLength: 6 }),
  pauseMs: fc.constantFrom(0, 5 * SECOND_MS, MINUTE_MS, 20 * MINUTE_MS),
});

const setting: Arbitrary<Setting> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('start_date' as const),
      daysAgo: fc.option(fc.constantFrom(0, 1, 30, 200, 600), { nil: undefined, freq: 2 }),
    }),
  },
  fc.record({ kind: fc.constantFrom('only_location' as const, 'exclude_location' as const), pick }),
  fc.constantFrom(
    { kind: 'all_locations' as const },
    { kind: 'skip_all' as const },
    { kind: 'skip_inactive' as const },
  ),
  fc.record({
    kind: fc.constant('concurrency' as const),
    requests: fc.option(fc.constantFrom(1, 2, 7), { nil: undefined }),
  }),
);

const round: Arbitrary<Round> = fc.record({
  pauseMs: fc.oneof(
    fc.constantFrom(0, 30 * SECOND_MS, 10 * MINUTE_MS),
    fc.integer({ min: HOUR_MS, max: 30 * HOUR_MS }),
    fc.integer({ min: 24 * HOUR_MS, max: 9 * 24 * HOUR_MS }),
  ),
  events: fc.oneof(
    { weight: 3, arbitrary: fc.array(event, { maxLength: 8 }) },
    // Several pages of changes.
    { weight: 1, arbitrary: fc.array(rowEvent, { minLength: 12, maxLength: 20 }) },
  ),
  // More than the lookback, or all that changed would be read again whatever a checkpoint says.
  eventGapMs: fc.constantFrom(1, 6 * MINUTE_MS),
  settings: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 2, arbitrary: fc.array(setting, { minLength: 1, maxLength: 2 }) },
  ),
  attempts: fc.array(attempt, { maxLength: 3 }),
  hasJob: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
});

/** Everything that we can think of that may happen to a connection. */
export const scheduleArbitrary: Arbitrary<Schedule> = fc.record({
  seed: fc.nat(),
  signIn: fc.oneof(
    { weight: 4, arbitrary: fc.constant('oauth' as const) },
    { weight: 1, arbitrary: fc.constantFrom('oauth_location' as const, 'private' as const) },
  ),
  locations: fc.integer({ min: 1, max: 4 }),
  rows: fc.constantFrom(0, 3, 12, 30, 60),
  // No smaller than the rows that one event makes in a millisecond: those that share all they are sorted by cannot be parted.
  pageSize: fc.option(fc.integer({ min: 8, max: 20 }), { nil: undefined, freq: 3 }),
  // More than fit on a page, often.
  parents: fc.constantFrom(undefined, 12),
  listedLocations: fc.constantFrom(undefined, undefined, 1, 2),
  indexLagMs: fc.constantFrom(0, 5 * SECOND_MS, 60 * SECOND_MS),
  // Longer than the index lags, by the grain of its clock at least.
  lookbackMinutes: fc.constantFrom(undefined, 2, 5),
  quota: fc.constantFrom('off' as const, 'real' as const),
  clockOffsetMs: fc.constantFrom(0, 0, -30 * MINUTE_MS, -90 * SECOND_MS, 90 * SECOND_MS, 30 * MINUTE_MS),
  streams: fc.array(
    fc.record({
      stream: streamNumber,
      mode: fc.oneof(
        { weight: 3, arbitrary: fc.constant('incremental' as const) },
        { weight: 1, arbitrary: fc.constant('full_refresh' as const) },
      ),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  rounds: fc.array(round, { minLength: 1, maxLength: 3 }),
});
