import { setImmediate as nextTurn } from 'node:timers/promises';
import { createArrivals } from './arrivals.ts';
import type { Urgency } from './most-urgent.ts';
import type { Lane, LanePlace, LaneUser } from './lane-pool.ts';

interface MergeOptions<T> extends Omit<LaneUser, 'open'> {
  /** Aborted when nothing more is wanted. */
  readonly signal: AbortSignal;
  /** Reads what belongs to a key. */
  readonly source: (key: string) => AsyncGenerator<T, void>;
  /** Of the items that are there, those of the key for which this is highest are taken first (`mostUrgent`). */
  readonly urgency: (key: string) => Urgency;
}

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
  { signal, source, urgency, ...wanted }: MergeOptions<T>,
): AsyncGenerator<T, void> {
  const open = new Map<AsyncGenerator<T, void>, Lane>();
  const arrivals = createArrivals<T>((generator) => {
    const lane = open.get(generator);
    return lane === undefined ? 0 : urgency(lane.key);
  });
  const close = (generator: AsyncGenerator<T, void>): Promise<void> => closeLane(open, generator);
  const stop = (): void => {
    arrivals.fail(signal.reason);
  };

  signal.throwIfAborted();
  signal.addEventListener('abort', stop);
  place.join({
    ...wanted,
    open: (lane) => {
      const generator = source(lane.key);
      open.set(generator, lane);
      arrivals.pull(generator);
    },
  });
  try {
    while (open.size > 0 || !place.isServed()) {
      const { generator, result } = await arrivals.take();
      if (result.done === true) {
        await close(generator);
        continue;
      }
      yield result.value;
      arrivals.pull(generator);
      // Answers come in meanwhile, and requests go out; and what is more urgent may be there by then.
      await nextTurn();
    }
  } finally {
    signal.removeEventListener('abort', stop);
    place.withdraw();
    await Promise.allSettled([...open.keys()].map(close));
  }
}
