import fc, { type Arbitrary } from 'fast-check';
import { attempt } from './attempt-arbitrary.ts';
import { event, pick, rowEvent } from './event-arbitrary.ts';
import type { Round, Schedule, Setting } from './schedule.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from './spans.ts';
import { TABLES } from './tables.ts';

/** The two streams that everybody reads come as often as all the others. */
const streamNumber: Arbitrary<number> = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(0, 1) },
  { weight: 3, arbitrary: fc.nat({ max: TABLES.length - 1 }) },
);

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

/** Bounds of windows are a millisecond coarse on both sides: more rows than a page within three cannot be parted. */
const SHORT_GAP_MS = 5;
/** More than the lookback, or all that changed would be read again whatever a checkpoint says. */
const LONG_GAP_MS = 6 * MINUTE_MS;

const meanwhile: Arbitrary<Pick<Round, 'events' | 'eventGapMs'>> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      events: fc.array(event, { maxLength: 8 }),
      eventGapMs: fc.constantFrom(SHORT_GAP_MS, LONG_GAP_MS),
    }),
  },
  {
    // Several pages of changes.
    weight: 1,
    arbitrary: fc.record({
      events: fc.array(rowEvent, { minLength: 10, maxLength: 20 }),
      eventGapMs: fc.constant(LONG_GAP_MS),
    }),
  },
);

const round: Arbitrary<Round> = fc
  .record({
    meanwhile,
    pauseMs: fc.oneof(
      fc.constantFrom(0, 30 * SECOND_MS, 10 * MINUTE_MS),
      fc.integer({ min: HOUR_MS, max: 30 * HOUR_MS }),
      fc.integer({ min: 24 * HOUR_MS, max: 9 * 24 * HOUR_MS }),
      // When everything is read again.
      fc.integer({ min: 7 * 24 * HOUR_MS, max: 9 * 24 * HOUR_MS }),
    ),
    settings: fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      { weight: 2, arbitrary: fc.array(setting, { minLength: 1, maxLength: 2 }) },
    ),
    attempts: fc.array(attempt, { maxLength: 3 }),
    hasJob: fc.oneof(
      { weight: 3, arbitrary: fc.constant(true) },
      { weight: 1, arbitrary: fc.constant(false) },
    ),
  })
  .map(({ meanwhile: happenings, ...rest }) => ({ ...rest, ...happenings }));

/** Everything that we can think of that may happen to a connection. */
export const scheduleArbitrary: Arbitrary<Schedule> = fc.record({
  seed: fc.nat(),
  signIn: fc.oneof(
    { weight: 4, arbitrary: fc.constant('oauth' as const) },
    { weight: 1, arbitrary: fc.constantFrom('oauth_location' as const, 'private' as const) },
  ),
  locations: fc.integer({ min: 1, max: 4 }),
  // The last of them are read in pieces, where pages are small.
  rows: fc.oneof(
    { weight: 19, arbitrary: fc.constantFrom(0, 3, 12, 30, 60) },
    { weight: 1, arbitrary: fc.constant(150) },
  ),
  // No smaller than the rows that one event makes in a millisecond: those that share all they are sorted by cannot be parted.
  pageSize: fc.option(fc.integer({ min: 8, max: 20 }), { nil: undefined, freq: 3 }),
  // More than fit on a page, often.
  parents: fc.constantFrom(undefined, 12),
  listedLocations: fc.constantFrom(undefined, undefined, 1, 2),
  indexLagMs: fc.constantFrom(0, 5 * SECOND_MS, 60 * SECOND_MS),
  foundRows: fc.constantFrom('indexed' as const, 'current' as const),
  descentOrder: fc.oneof(
    { weight: 5, arbitrary: fc.constant('newest_first' as const) },
    { weight: 1, arbitrary: fc.constant('oldest_first' as const) },
  ),
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
