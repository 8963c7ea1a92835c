import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { JsonObject } from '../foundation/json.ts';
import { createFakeContext } from './doubles/fake-context.ts';
import { descentOf, descentServer } from './doubles/descent.ts';
import { walkDown } from './walk-down.ts';
import { idOf } from './row-id.ts';

interface World {
  /** When each row was made; undefined: it does not say. */
  readonly times: readonly (number | undefined)[];
  readonly limit: number;
  readonly sharedTokens: boolean;
  readonly hasTotal: boolean;
  readonly downTo: number;
}

/** Few, so that rows share them. */
const time = fc.integer({ min: 1, max: 8 });
const world: fc.Arbitrary<World> = fc.record({
  times: fc.array(fc.option(time, { nil: undefined, freq: 8 }), { maxLength: 40, size: 'max' }),
  limit: fc.integer({ min: 1, max: 10 }),
  sharedTokens: fc.boolean(),
  hasTotal: fc.boolean(),
  downTo: fc.oneof(fc.constant(-Infinity), time),
});

const largestGroup = ({ times, sharedTokens }: World): number =>
  sharedTokens ? Math.max(0, ...times.map((one) => times.filter((other) => other === one).length)) : 1;

/** Newest first; rows without a time come last. */
const rowsOf = ({ times }: World): readonly JsonObject[] =>
  times
    .map((at, index) => ({ id: `r${index}`, at }))
    .sort((a, b) => (b.at ?? -1) - (a.at ?? -1))
    .map(({ id, at }) => ({ id, ...(at !== undefined && { at: new Date(at).toISOString() }) }));

const tokenOf = ({ at, id = null }: JsonObject) =>
  typeof at === 'string' ? [Date.parse(at), id] : undefined;
const sharedTokenOf = ({ at }: JsonObject) => (typeof at === 'string' ? [Date.parse(at)] : undefined);

test('a walk down gives every row that is as young as was asked for, and no other', async () => {
  const roomy = world.filter(
    (one) => largestGroup(one) < one.limit && one.times.filter((at) => at === undefined).length < one.limit,
  );
  await fc.assert(
    fc.asyncProperty(roomy, async (one) => {
      const { limit, sharedTokens, downTo } = one;
      const rows = rowsOf(one);
      const total = one.hasTotal ? rows.length : undefined;
      const fake = createFakeContext({ answer: descentServer(() => rows, total) });
      const steps = walkDown({
        read: { stream: 'things', scope: 's', slice: { locationId: 'L1' }, context: fake.context },
        descent: descentOf({ limit, sharedTokens, tokenOf: sharedTokens ? sharedTokenOf : tokenOf }),
        after: undefined,
        downTo,
      });
      const ids: string[] = [];
      for await (const step of steps) ids.push(...step.rows.map(idOf));
      const isYoung = ({ at }: JsonObject): boolean =>
        (typeof at === 'string' ? Date.parse(at) : -Infinity) >= downTo;
      expect([...new Set(ids)].sort()).toEqual(rows.filter(isYoung).map(idOf).sort());
      expect(fake.held()).toBe(0);
      expect(fake.requests.length).toBeLessThanOrEqual(rows.length + 2);
    }),
    { numRuns: 400 },
  );
});
