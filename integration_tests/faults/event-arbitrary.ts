import fc, { type Arbitrary } from 'fast-check';
import type { WorldEvent } from './schedule.ts';
import { HOUR_MS, MINUTE_MS } from './spans.ts';

/** Chooses among what is there. */
export const pick = fc.nat({ max: 1000 });

const write = {
  stream: fc.nat({ max: 3 }),
  pick,
  isTogether: fc.boolean(),
};

const someRows = fc.integer({ min: 1, max: 6 });

/** Rows that come, change and go. */
export const rowEvent: Arbitrary<WorldEvent> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('insert' as const),
      dates: fc.oneof(
        { weight: 2, arbitrary: fc.constant('usual' as const) },
        { weight: 1, arbitrary: fc.constantFrom('imported' as const, 'none' as const) },
      ),
      ...write,
      rows: someRows,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('update' as const),
      dates: fc.constantFrom('usual' as const, 'none' as const),
      ...write,
      rows: someRows,
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

/** Longer than tokens live, now and then. */
const SLEEPS_MS = [10 * MINUTE_MS, 2 * HOUR_MS, 2 * HOUR_MS, 25 * HOUR_MS];

const otherEvent: Arbitrary<WorldEvent> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('suspend' as const, 'refuse' as const, 'uninstall' as const),
    pick,
    locations: fc.constantFrom(1, 1, 3),
  }),
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
  fc.record({ kind: fc.constant('freeze' as const), ms: fc.constantFrom(...SLEEPS_MS) }),
);

/** What people and other programs do in HighLevel. */
export const event: Arbitrary<WorldEvent> = fc.oneof(
  { weight: 5, arbitrary: rowEvent },
  { weight: 1, arbitrary: otherEvent },
);

/** Those of some kinds, each as often as the others. */
export const eventOf = (kinds: readonly WorldEvent['kind'][]): Arbitrary<WorldEvent> =>
  fc.oneof(...kinds.map((wanted) => fc.oneof(rowEvent, otherEvent).filter(({ kind }) => kind === wanted)));
