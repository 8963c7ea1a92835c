import fc, { type Arbitrary } from 'fast-check';
import type { WorldEvent } from './schedule.ts';

/** Chooses among what is there. */
export const pick = fc.nat({ max: 1000 });

const write = {
  stream: fc.nat({ max: 3 }),
  pick,
  isTogether: fc.boolean(),
};

/** Rows that come, change and go. */
export const rowEvent: Arbitrary<WorldEvent> = fc.oneof(
  {
    weight: 4,
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

/** What people and other programs do in HighLevel. */
export const event: Arbitrary<WorldEvent> = fc.oneof(
  { weight: 5, arbitrary: rowEvent },
  { weight: 1, arbitrary: otherEvent },
);
