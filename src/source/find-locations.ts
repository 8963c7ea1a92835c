import type { ConnectorError } from '../foundation/errors.ts';
import type { Log } from '../foundation/log.ts';
import type { InstalledLocations } from './installed-locations.ts';
import { sourceError } from './source-errors.ts';

/** Which locations the user wants. */
export interface LocationChoice {
  /** Empty: every location that the credentials open. */
  readonly locationIds: readonly string[];
  readonly excludeLocationIds: readonly string[];
}

export interface FoundLocations {
  readonly locationIds: readonly string[];
  /** Locations that an earlier sync read and that are gone from the agency's list. */
  readonly absent: ReadonlyMap<string, ConnectorError>;
}

interface FindOptions {
  readonly choice: LocationChoice;
  readonly ownLocations: readonly string[] | undefined;
  /** Undefined when the credentials are no agency's. */
  readonly installed: InstalledLocations | undefined;
  /** Locations that the given state knows. */
  readonly known: ReadonlySet<string>;
  readonly log: Log;
}

const notInstalled = (): ConnectorError => sourceError('location_gone', {}, { access: 'not_installed' });

const fromList = async (
  installed: InstalledLocations,
  { known, log }: FindOptions,
  isExcluded: (locationId: string) => boolean,
): Promise<FoundLocations> => {
  const listed = new Set(await installed.all());
  const absent = new Map<string, ConnectorError>();
  for (const locationId of known) {
    if (listed.has(locationId) || isExcluded(locationId)) continue;
    // The list has no order, so that a page can miss one: ask for it by name before it counts as gone.
    if (await installed.has(locationId)) {
      log.warn(
        `HighLevel's list left out location ${locationId}, which is installed; it is read all the same.`,
      );
      listed.add(locationId);
    } else {
      const error = notInstalled();
      log.warn(`Location ${locationId}: ${error.message}`);
      absent.set(locationId, error);
    }
  }
  return { locationIds: [...listed].filter((id) => !isExcluded(id)), absent };
};

const fromOwn = (
  own: readonly string[],
  { locationIds }: LocationChoice,
  isExcluded: (locationId: string) => boolean,
): readonly string[] => {
  const foreign = locationIds.filter((id) => !own.includes(id));
  if (foreign.length > 0) {
    throw sourceError('locations_not_opened', { foreign: foreign.join(', '), own: own.join(', ') });
  }
  return (locationIds.length > 0 ? locationIds : own).filter((id) => !isExcluded(id));
};

/**
 * Finds the locations of this sync.
 * @throws ConnectorError when there is none: an empty sync would replace tables with nothing
 */
export const findLocations = async (options: FindOptions): Promise<FoundLocations> => {
  const { choice, ownLocations, installed } = options;
  const excluded = new Set(choice.excludeLocationIds);
  const isExcluded = (locationId: string): boolean => excluded.has(locationId);
  const chosen = [...new Set(choice.locationIds)].filter((id) => !isExcluded(id));

  let found: FoundLocations = { locationIds: chosen, absent: new Map() };
  if (ownLocations !== undefined) {
    found = { ...found, locationIds: fromOwn(ownLocations, choice, isExcluded) };
  } else if (choice.locationIds.length === 0 && installed !== undefined) {
    found = await fromList(installed, options, isExcluded);
  }
  if (found.locationIds.length > 0) return found;
  throw sourceError(excluded.size > 0 ? 'no_location_left' : 'no_location_installed', {});
};
