import { isJsonArray, isJsonObject, type JsonObject, type JsonValue, textAt } from '../foundation/json.ts';
import { sourceError } from './source-errors.ts';

/** The state of a stream with a cursor: one entry a location, and the locations that were skipped. */
export interface StreamState {
  readonly cursorOf: (locationId: string) => JsonObject | undefined;
  /** Locations that have an entry. */
  readonly locationIds: () => readonly string[];
  readonly set: (locationId: string, cursor: JsonObject) => void;
  /** Says which locations the sync skipped, so that the next one does not take them for newly gone. */
  readonly setSkipped: (locationIds: readonly string[]) => void;
  readonly toJson: () => JsonObject;
}

/** What of an input state is read before any stream is. */
export interface KnownLocations {
  /** Locations that an earlier sync read. */
  readonly read: ReadonlySet<string>;
  /** Locations that an earlier sync skipped knowingly. */
  readonly skipped: ReadonlySet<string>;
}

type Entry = readonly [locationId: string, cursor: JsonValue];

const SKIPPED = 'skipped_locations';

const wrongShape = (): Error => sourceError('state_foreign', {});

const partitionEntry = (entry: JsonValue): Entry => {
  const partition = isJsonObject(entry) ? entry['partition'] : undefined;
  const locationId = isJsonObject(partition) ? textAt(partition, 'location_id') : undefined;
  const cursor = isJsonObject(entry) ? entry['cursor'] : undefined;
  if (locationId === undefined || cursor === undefined) throw wrongShape();
  return [locationId, cursor];
};

/** A state inside a state is no location's cursor. */
const isLegacyEntry = ([locationId, cursor]: Entry): boolean =>
  locationId !== '' && isJsonObject(cursor) && !('states' in cursor);

/** `{"states":[{"partition":{"location_id":"…"},"cursor":{…}}]}`, or the older `{"<location id>":{…}}`. */
const entriesOf = (state: JsonObject | undefined): readonly Entry[] => {
  if (state === undefined) return [];
  const { states } = state;
  if (isJsonArray(states)) return states.map(partitionEntry);
  if (states !== undefined) throw wrongShape();
  const entries = Object.entries(state).filter(([key]) => key !== SKIPPED);
  // A cursor of the whole stream says nothing of its locations; to pass over it would be to read everything again.
  if (!entries.every(isLegacyEntry)) throw wrongShape();
  return entries;
};

const skippedOf = (state: JsonObject | undefined): readonly string[] => {
  const skipped = state?.[SKIPPED];
  return isJsonArray(skipped) ? skipped.filter((id) => typeof id === 'string') : [];
};

const locationsOf = (state: JsonObject): readonly string[] => {
  try {
    return entriesOf(state).map(([locationId]) => locationId);
  } catch {
    // The stream that the state belongs to says what is wrong with it.
    return [];
  }
};

/** The locations that any of the given states knows. */
export const knownLocations = (states: readonly JsonObject[]): KnownLocations => ({
  read: new Set(states.flatMap(locationsOf)),
  skipped: new Set(states.flatMap(skippedOf)),
});

/**
 * Entries are kept as they came until they are set: a location that is skipped, excluded or removed resumes there when
 * it comes back.
 * @param check of an entry, which throws when it is of no shape that this connector ever wrote
 * @throws ConnectorError (config_error) when the state is not ours
 */
export const createStreamState = (
  input: JsonObject | undefined,
  check: (cursor: JsonValue) => void,
): StreamState => {
  const entries = new Map<string, JsonValue>(entriesOf(input));
  entries.forEach(check);
  let skipped = skippedOf(input);
  return {
    cursorOf: (locationId) => {
      const cursor = entries.get(locationId);
      return isJsonObject(cursor) ? cursor : undefined;
    },
    locationIds: () => [...entries.keys()],
    set: (locationId, cursor) => void entries.set(locationId, cursor),
    setSkipped: (locationIds) => {
      skipped = locationIds;
    },
    toJson: () => ({
      states: [...entries].map(([locationId, cursor]) => ({
        partition: { location_id: locationId },
        cursor,
      })),
      ...(skipped.length > 0 && { [SKIPPED]: skipped }),
    }),
  };
};
