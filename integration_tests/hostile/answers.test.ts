import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { JsonValue } from '../../src/foundation/json.ts';
import type { RawAnswer } from '../../src/http/parse-answer.ts';
import { streamsOfHighLevel } from '../support/streams-of-highlevel.ts';
import { type Damage, damage, damaged, withStrangeRows } from './damage.ts';
import { runs } from './fuzz-runs.ts';
import { strangeDate, strangeValue, toHostileText } from './hostile-json.ts';
import { createHostileWorld, missing } from './hostile-world.ts';
import type { Tamper } from './run-in-process.ts';

const names = streamsOfHighLevel.map(({ name }) => name);

const parsedOf = ({ bytes }: RawAnswer): JsonValue => JSON.parse(bytes.toString('utf8')) as JsonValue;

/** Damages one answer of a run of so many requests, or the same request's answers from then on. */
const tamperWith = (hurt: Damage, at: number, calls: number, isLasting: boolean): Tamper => {
  const nth = Math.floor(at * calls);
  let path: string | undefined;
  return (answer, call, { pathname }) => {
    if (call === nth) path = pathname;
    if (call !== nth && (!isLasting || pathname !== path)) return answer;
    return { ...answer, bytes: Buffer.from(toHostileText(damaged(parsedOf(answer), hurt))) };
  };
};

describe.each(names)('damaged answers to %s', (name) => {
  test.each(['incremental', 'full_refresh'] as const)(
    'end its %s read with legal messages, and what failed is read by the next sync',
    async (mode) => {
      const truth = await createHostileWorld().read([name], { mode });
      expect(truth.exitCode).toBe(0);
      await fc.assert(
        fc.asyncProperty(
          damage,
          fc.double({ min: 0, max: 0.999999, noNaN: true }),
          fc.boolean(),
          async (hurt, at, isLasting) => {
            const world = createHostileWorld();
            const tamper = tamperWith(hurt, at, truth.calls, isLasting);
            const run = await world.read([name], { mode, tamper });
            if (run.exitCode === 0) return;
            const next = await world.read([name], { mode, states: run.states });
            expect(next.exitCode).toBe(0);
            expect(missing(truth.keys, run.keys, next.keys)).toEqual([]);
          },
        ),
        runs(mode === 'incremental' ? 2 : 1),
      );
    },
  );
});

describe.each(names)('strange values inside the rows of %s', (name) => {
  test('keep no row back', async () => {
    const truth = await createHostileWorld().read([name]);
    const some = (value: fc.Arbitrary<JsonValue>) =>
      fc.array(fc.option(value, { nil: undefined, freq: 2 }), { minLength: 5, maxLength: 23 });
    const strangers = fc.record({ values: some(strangeValue), dates: some(strangeDate) });
    await fc.assert(
      fc.asyncProperty(strangers, async (strange) => {
        const world = createHostileWorld();
        const tamper: Tamper = (answer, _, { pathname }) =>
          pathname.startsWith('/oauth/')
            ? answer
            : { ...answer, bytes: Buffer.from(toHostileText(withStrangeRows(parsedOf(answer), strange))) };
        const run = await world.read([name], { tamper });
        expect({ missing: missing(truth.keys, run.keys), exitCode: run.exitCode }).toEqual({
          missing: [],
          exitCode: 0,
        });
      }),
      runs(2),
    );
  });
});
