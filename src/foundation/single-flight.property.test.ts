import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { singleFlight } from './single-flight.ts';

test('work never runs twice at once, and who asks while it runs gets its outcome, good or bad', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(fc.boolean(), { maxLength: 12 }),
      async (scheduler, outcomes) => {
        let running = 0;
        let calls = 0;
        const work = singleFlight(async () => {
          const call = calls;
          calls += 1;
          running += 1;
          expect(running).toBe(1);
          await scheduler.schedule(Promise.resolve());
          running -= 1;
          if (outcomes[call] === false) throw new Error(`call ${call}`);
          return call;
        });
        const ask = async (): Promise<void> => {
          await scheduler.schedule(Promise.resolve());
          const askedAt = running === 1 ? calls - 1 : calls;
          const [outcome] = await Promise.allSettled([work()]);
          expect(outcome).toEqual(
            outcomes[askedAt] === false
              ? { status: 'rejected', reason: new Error(`call ${askedAt}`) }
              : { status: 'fulfilled', value: askedAt },
          );
        };
        const asking = Promise.all(outcomes.map(ask));
        await scheduler.waitFor(asking);
        expect(running).toBe(0);
      },
    ),
  );
});
