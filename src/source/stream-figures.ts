import { addCosts, type Meter, NO_COSTS } from '../http/meter.ts';
import type { NormalisedRecord } from '../stream/normalise.ts';
import { laterOf, LocationCollector, type LocationEnd, type LocationFigures } from './location-figures.ts';
import type { StreamFigures } from './summary.ts';
import type { LocationFailure } from './sync-stream.ts';
import type { Sync } from './sync.ts';

/** Collects, while a stream is read, what its summary and the sync's report tell. */
export interface FigureCollector {
  /** To be told of each request of a location, which begins with the first call. */
  readonly meterOf: (locationId: string) => Meter;
  readonly wrote: (locationId: string, records: readonly NormalisedRecord[]) => void;
  /** Nothing more of a location is read. */
  readonly ended: (locationId: string, how: LocationEnd) => void;
  readonly counted: (ids: number, expected: number) => void;
  /** Told of rows of a location that are to come, so many more than was known before. */
  readonly expects: (locationId: string, rows: number) => void;
  /** Rows of a location that have not come yet, as far as is known; undefined as long as nothing is. */
  readonly rowsLeft: (locationId: string) => number | undefined;
  readonly figures: (ends: Pick<StreamFigures, 'rows' | 'locations' | 'isCutShort'>) => StreamFigures;
  /** Tells whoever looks on what came of the stream. */
  readonly summarised: (summary: string) => void;
  /** Undefined for a location that was not reached. */
  readonly ofLocation: (locationId: string) => LocationFigures | undefined;
}

interface Collected {
  readonly name: string;
  /** How many are to be read. */
  readonly locations: number;
  /** Undefined where no column tells what is new. */
  readonly cursorColumn: string | undefined;
}

/** From now on. Tokens and the list of locations cost requests too, which are no stream's. */
export const collectFigures = (
  { runtime, watch }: Pick<Sync, 'runtime' | 'watch'>,
  { name, locations: total, cursorColumn }: Collected,
): FigureCollector => {
  const stream = watch.streamStarted({ name, locations: total });
  const startedAtMs = runtime.now();
  const locations = new Map<string, LocationCollector>();
  const locationOf = (locationId: string): LocationCollector => {
    const known = locations.get(locationId);
    if (known !== undefined) return known;
    const location = new LocationCollector(runtime, cursorColumn);
    locations.set(locationId, location);
    stream.locationStarted(locationId);
    return location;
  };
  let counts = { ids: 0, expected: 0 };
  return {
    meterOf: (locationId) => locationOf(locationId).meter,
    wrote: (locationId, records) => {
      locationOf(locationId).wrote(records);
      stream.rowsWritten(records.length);
    },
    ended: (locationId, how) => {
      locationOf(locationId).ended(how);
      stream.locationEnded(locationId);
    },
    counted: (ids, expected) => {
      // Lists that do not say how many rows they have cannot be compared.
      if (expected > 0) counts = { ids: counts.ids + ids, expected: counts.expected + expected };
    },
    expects: (locationId, rows) => {
      locationOf(locationId).expects(rows);
      stream.rowsExpected(rows);
    },
    rowsLeft: (locationId) => locations.get(locationId)?.rowsLeft,
    summarised: stream.ended,
    figures: (ends) => {
      const all = [...locations.values()].map((one) => one.figures);
      return {
        ...ends,
        counts,
        newest: all.map(({ newest }) => newest).reduce(laterOf, undefined),
        durationMs: runtime.now() - startedAtMs,
        costs: all.map(({ costs }) => costs).reduce(addCosts, NO_COSTS),
      };
    },
    ofLocation: (locationId) => locations.get(locationId)?.figures,
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
