import type { Lane, LanePlace, LaneUser } from './lane-pool.ts';

type Arrival<T> =
  | {
      readonly kind: 'item';
      readonly generator: AsyncGenerator<T, void>;
      readonly result: IteratorResult<T, void>;
    }
  | { readonly kind: 'thrown'; readonly thrown: unknown };

/** What has arrived and is not taken, in order. */
const createInbox = <T>() => {
  const arrivals: T[] = [];
  let wake = (): void => undefined;
  return {
    put: (arrival: T): void => {
      arrivals.push(arrival);
      wake();
    },
    take: async (): Promise<T> => {
      for (;;) {
        const arrival = arrivals.shift();
        if (arrival !== undefined) return arrival;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
};

const closeLane = async <T>(
  open: Map<AsyncGenerator<T, void>, Lane>,
  generator: AsyncGenerator<T, void>,
): Promise<void> => {
  try {
    await generator.return();
  } finally {
    open.get(generator)?.release();
    open.delete(generator);
  }
};

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
  const inbox = createInbox<Arrival<T>>();
  const fail = (thrown: unknown): void => {
    inbox.put({ kind: 'thrown', thrown });
  };
  const pull = (generator: AsyncGenerator<T, void>): void => {
    generator.next().then((result) => {
      inbox.put({ kind: 'item', generator, result });
    }, fail);
  };
  const close = (generator: AsyncGenerator<T, void>): Promise<void> => closeLane(open, generator);
  const stop = (): void => {
    fail(signal.reason);
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
      const arrival = await inbox.take();
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
