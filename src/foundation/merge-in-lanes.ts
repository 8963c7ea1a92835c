import type { Lane, LanePlace, LaneUser } from './lane-pool.ts';

type Arrival<T> =
  | {
      readonly kind: 'item';
      readonly generator: AsyncGenerator<T, void>;
      readonly result: IteratorResult<T, void>;
    }
  | { readonly kind: 'thrown'; readonly thrown: unknown };

/**
 * Merges the async generators of several keys, each when the place is given a lane for its key, and each at most one item
 * ahead of the consumer. Items of one generator keep their order. A consumer that stops pulling stops every generator at
 * its next yield; one that leaves gives back every lane.
 * @throws what a generator throws, and the signal's reason when it is aborted
 */
export async function* mergeInLanes<T>(
  place: LanePlace,
  { signal, ...wanted }: Omit<LaneUser, 'open'> & { readonly signal: AbortSignal },
  source: (key: string) => AsyncGenerator<T, void>,
): AsyncGenerator<T, void> {
  const open = new Map<AsyncGenerator<T, void>, Lane>();
  const arrivals: Arrival<T>[] = [];
  let wake = (): void => undefined;

  const arrive = (arrival: Arrival<T>): void => {
    arrivals.push(arrival);
    wake();
  };
  const pull = (generator: AsyncGenerator<T, void>): void => {
    generator.next().then(
      (result) => {
        arrive({ kind: 'item', generator, result });
      },
      (thrown: unknown) => {
        arrive({ kind: 'thrown', thrown });
      },
    );
  };
  const close = async (generator: AsyncGenerator<T, void>): Promise<void> => {
    try {
      await generator.return();
    } finally {
      open.get(generator)?.release();
      open.delete(generator);
    }
  };

  const stop = (): void => {
    arrive({ kind: 'thrown', thrown: signal.reason });
  };

  signal.throwIfAborted();
  signal.addEventListener('abort', stop);
  place.join({
    ...wanted,
    open: (lane) => {
      const generator = source(lane.key);
      open.set(generator, lane);
      pull(generator);
    },
  });
  try {
    while (open.size > 0 || !place.isServed()) {
      const arrival = arrivals.shift();
      if (arrival === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      if (arrival.kind === 'thrown') throw arrival.thrown;
      const { generator, result } = arrival;
      if (result.done === true) {
        await close(generator);
        continue;
      }
      yield result.value;
      pull(generator);
    }
  } finally {
    signal.removeEventListener('abort', stop);
    place.withdraw();
    await Promise.allSettled([...open.keys()].map(close));
  }
}
