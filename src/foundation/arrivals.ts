import { mostUrgent, type Urgency } from './most-urgent.ts';

/** The next item of one of the generators, or its end. */
interface Arrival<T> {
  readonly generator: AsyncGenerator<T, void>;
  readonly result: IteratorResult<T, void>;
}

/** The items that several generators have brought ahead of their one consumer, each of them one at most. */
export interface Arrivals<T> {
  /** Asks a generator for its next item. */
  readonly pull: (generator: AsyncGenerator<T, void>) => void;
  /** Ends the waiting, after what has arrived before. */
  readonly fail: (thrown: unknown) => void;
  /** Of what has arrived the most urgent, and among equals the earliest; waits if there is nothing. @throws the first failure */
  readonly take: () => Promise<Arrival<T>>;
}

/** @param urgency of what a generator has brought, asked whenever something is taken; the highest is taken first */
export const createArrivals = <T>(
  urgency: (generator: AsyncGenerator<T, void>) => Urgency = () => 0,
): Arrivals<T> => {
  const arrived = new Set<Arrival<T>>();
  let failure: { readonly thrown: unknown } | undefined;
  let wake = (): void => undefined;

  const fail = (thrown: unknown): void => {
    failure ??= { thrown };
    wake();
  };
  return {
    pull: (generator) => {
      generator.next().then((result) => {
        // What comes after a failure is not waited for.
        if (failure === undefined) arrived.add({ generator, result });
        wake();
      }, fail);
    },
    fail,
    take: async () => {
      for (;;) {
        const arrival = mostUrgent(arrived, ({ generator }) => urgency(generator));
        if (arrival !== undefined) {
          arrived.delete(arrival);
          return arrival;
        }
        if (failure !== undefined) throw failure.thrown;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
};
