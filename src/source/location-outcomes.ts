import type { ConnectorError } from '../foundation/errors.ts';
import type { JsonObject } from '../foundation/json.ts';
import type { LocationFigures } from './location-figures.ts';
import type { LocationFailure } from './sync-stream.ts';

/**
 * What became of a location in a stream: read to its end; left out knowingly; could not be read; not finished because the
 * user's time for the sync was over; not reached, or not finished, because something ended the stream.
 */
export type LocationStatus = 'complete' | 'skipped' | 'failed' | 'cut_short' | 'not_read';

export interface LocationOutcome {
  readonly locationId: string;
  readonly status: LocationStatus;
  readonly error: ConnectorError | undefined;
  /** Undefined for a location that nothing was asked of. */
  readonly figures: LocationFigures | undefined;
  /** What the state says of the location now. */
  readonly cursor: JsonObject | undefined;
}

interface StreamEnd {
  readonly locationIds: readonly string[];
  /** Locations that failed, and those that could not be found. */
  readonly failures: readonly LocationFailure[];
  /** Those of them that are left out knowingly. */
  readonly skipped: readonly string[];
  /** What ended the stream before its end. */
  readonly error: ConnectorError | undefined;
  readonly figuresOf: (locationId: string) => LocationFigures | undefined;
  readonly cursorOf: (locationId: string) => JsonObject | undefined;
}

const WITHOUT_FAILURE = { complete: 'complete', cut_short: 'cut_short', failed: 'not_read' } as const;

/** One for each location, also for those that were not reached. */
export const locationOutcomes = (end: StreamEnd): readonly LocationOutcome[] => {
  const failures = new Map(end.failures.map(({ locationId, error }) => [locationId, error]));
  const skipped = new Set(end.skipped);
  const statusOf = (locationId: string, figures: LocationFigures | undefined): LocationStatus => {
    if (failures.has(locationId)) return skipped.has(locationId) ? 'skipped' : 'failed';
    return figures?.end === undefined ? 'not_read' : WITHOUT_FAILURE[figures.end.how];
  };
  return [...new Set([...end.locationIds, ...failures.keys()])].map((locationId) => {
    const figures = end.figuresOf(locationId);
    const status = statusOf(locationId, figures);
    const error = failures.get(locationId) ?? (status === 'not_read' ? end.error : undefined);
    return { locationId, status, error, figures, cursor: end.cursorOf(locationId) };
  });
};

/** Of a stream that nothing was read of. */
export const nothingRead = (
  locationIds: readonly string[],
  status: 'failed' | 'not_read',
  error: ConnectorError | undefined,
): readonly LocationOutcome[] =>
  locationIds.map((locationId) => ({ locationId, status, error, figures: undefined, cursor: undefined }));
