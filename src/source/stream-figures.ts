import { costsSince } from '../http/meter.ts';
import type { Normalise } from '../stream/normalise.ts';
import { createNewest } from './newest.ts';
import type { StreamFigures } from './summary.ts';
import type { LocationFailure } from './sync-stream.ts';
import type { Sync } from './sync.ts';

/** Collects, while a stream is read, what its summary tells. */
export interface FigureCollector {
  readonly watch: (normalise: Normalise) => Normalise;
  readonly counted: (ids: number, expected: number) => void;
  readonly figures: (ends: Pick<StreamFigures, 'rows' | 'locations' | 'isCutShort'>) => StreamFigures;
}

/**
 * From now on. Streams are read one after the other, so that what requests cost meanwhile is the stream's.
 * @param cursorColumn undefined where no column tells what is new
 */
export const collectFigures = (
  { runtime, session }: Pick<Sync, 'runtime' | 'session'>,
  cursorColumn: string | undefined,
): FigureCollector => {
  const startedAtMs = runtime.now();
  const costsBefore = session.costs();
  const newest = createNewest(cursorColumn);
  let counts = { ids: 0, expected: 0 };
  return {
    watch: newest.watch,
    counted: (ids, expected) => {
      // Lists that do not say how many rows they have cannot be compared.
      if (expected > 0) counts = { ids: counts.ids + ids, expected: counts.expected + expected };
    },
    figures: (ends) => ({
      ...ends,
      counts,
      newest: newest.value(),
      durationMs: runtime.now() - startedAtMs,
      costs: costsSince(costsBefore, session.costs()),
    }),
  };
};

/** @param left the locations that were skipped knowingly */
export const locationFigures = (
  { found }: Pick<Sync, 'found'>,
  failures: readonly LocationFailure[],
  left: readonly string[],
): StreamFigures['locations'] => {
  const skipped = failures.filter(({ locationId }) => left.includes(locationId)).length;
  return { total: found.locationIds.length, failed: failures.length - skipped, skipped };
};
