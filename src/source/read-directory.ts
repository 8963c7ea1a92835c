import { ConnectorError, toConnectorError } from '../foundation/errors.ts';
import { isJsonObject, type JsonObject, textAt } from '../foundation/json.ts';
import { mergeBounded } from '../foundation/merge.ts';
import type { Log } from '../foundation/log.ts';
import type { Meter } from '../http/meter.ts';
import { pathSegment } from '../http/path-segment.ts';
import type { Requester } from '../http/requester.ts';
import { listAt } from '../stream/selectors.ts';
import type { Access, CompanyAccess } from './access.ts';
import type { LocationRegister } from './location-register.ts';
import type { LocationFailure } from './sync-stream.ts';
import { sourceError } from './source-errors.ts';

/** A location's profile as the API wrote it, or nothing but its id when the profile cannot be had. */
export interface DirectoryRow {
  readonly locationId: string;
  readonly profile: JsonObject;
}

interface DirectoryRead {
  readonly locationIds: readonly string[];
  readonly access: Access;
  readonly requester: Requester;
  readonly register: LocationRegister;
  readonly lanes: number;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** To be told of each request that counts towards the location's quota. */
  readonly meterOf: (locationId: string) => Meter;
  /** Told of locations that could not be asked; they come as rows all the same. */
  readonly onFailure: (failure: LocationFailure) => void;
}

/** Of the agency's list of profiles. */
export const PROFILES_A_PAGE = 100;
/** Far more than any agency has: a list that goes on beyond does not end, and the rest is asked for by id. */
const MOST_PAGES = 2000;
const VERSION = { version: '2021-07-28' };
const SCOPE = 'locations.readonly';
const selectLocations = listAt('locations');

/** All profiles of the agency, page by page; it lists locations without the app too. */
async function* searchProfiles(
  { authenticator, companyId }: CompanyAccess,
  { requester, signal }: DirectoryRead,
): AsyncGenerator<readonly JsonObject[], void> {
  for (let skip = 0, pages = 0; pages < MOST_PAGES; pages += 1) {
    const { body } = await requester.request(
      {
        method: 'GET',
        path: '/locations/search',
        headers: VERSION,
        query: { companyId, limit: PROFILES_A_PAGE, skip },
      },
      { authenticator, bucket: companyId, purpose: 'the profiles of the locations', scope: SCOPE, signal },
    );
    const { rows } = selectLocations(body);
    if (rows.length === 0) return;
    yield rows;
    skip += rows.length;
  }
}

/** Keeps what went wrong with one location from ending the others. @throws what concerns the whole sync */
const contain = (
  locationId: string,
  { register, signal, log, onFailure }: DirectoryRead,
  thrown: unknown,
): void => {
  if (signal.aborted) throw thrown;
  const error = toConnectorError(thrown);
  if (error.reach === 'sync') throw error;
  if (error.reach === 'stream') {
    // Without the scope there is no profile, but the token was accepted.
    log.warn(`Location ${locationId} comes without its profile: ${error.message}`);
    register.succeeded(locationId);
    return;
  }
  register.failed(locationId, error);
  onFailure({ locationId, error });
};

/** The profile by id; on the way it shows whether the location can be read. */
const fetchProfile = async (locationId: string, read: DirectoryRead): Promise<DirectoryRow> => {
  const { access, requester, register, signal, meterOf } = read;
  try {
    const { body } = await requester.request(
      { method: 'GET', path: `/locations/${pathSegment(locationId)}`, headers: VERSION },
      {
        authenticator: access.authenticatorFor(locationId),
        bucket: locationId,
        purpose: `the profile of location ${locationId}`,
        subject: 'its profile',
        scope: SCOPE,
        signal,
        meter: meterOf(locationId),
      },
    );
    const profile = isJsonObject(body) ? body['location'] : undefined;
    // An empty row would take the place of a full one.
    if (!isJsonObject(profile)) throw sourceError('profile_missing', {});
    register.succeeded(locationId);
    return { locationId, profile };
  } catch (thrown) {
    contain(locationId, read, thrown);
    return { locationId, profile: {} };
  }
};

/** Whether a location's token can be had, for locations that no other stream has tried. */
const tryAccess = async (locationId: string, read: DirectoryRead): Promise<void> => {
  const { access, register } = read;
  if (register.statusOf(locationId) !== undefined) return;
  try {
    await access.authenticatorFor(locationId).token();
    register.succeeded(locationId);
  } catch (thrown) {
    contain(locationId, read, thrown);
  }
};

const tryAccessOfAll = async (read: DirectoryRead): Promise<void> => {
  const waiting = [...read.locationIds];
  const lane = async (): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) await tryAccess(next, read);
  };
  await Promise.all(Array.from({ length: read.lanes }, lane));
};

async function* profilesFromSearch(
  company: CompanyAccess,
  read: DirectoryRead,
  missing: Set<string>,
): AsyncGenerator<readonly DirectoryRow[], void> {
  try {
    for await (const profiles of searchProfiles(company, read)) {
      const rows = profiles.flatMap((profile): readonly DirectoryRow[] => {
        const locationId = textAt(profile, 'id');
        return locationId !== undefined && missing.delete(locationId) ? [{ locationId, profile }] : [];
      });
      if (rows.length > 0) yield rows;
      if (missing.size === 0) return;
    }
  } catch (thrown) {
    if (!(thrown instanceof ConnectorError) || thrown.reach === 'sync') throw thrown;
    read.log.warn(`The profiles are asked for location by location: ${thrown.message}`);
  }
}

/** One row for each location, from the agency's list where there is one, else by id. Never fails for lack of a scope. */
export async function* readDirectory(read: DirectoryRead): AsyncGenerator<readonly DirectoryRow[], void> {
  const { access, register, locationIds, lanes } = read;
  const missing = new Set(locationIds);
  if (access.company !== undefined) {
    await tryAccessOfAll(read);
    yield* profilesFromSearch(access.company, read, missing);
  }
  const isClosed = (locationId: string): boolean => {
    return register.statusOf(locationId)?.error?.access !== undefined;
  };
  const fetches = [...missing].map(
    (locationId) =>
      async function* fetchOne(): AsyncGenerator<readonly DirectoryRow[], void> {
        yield [isClosed(locationId) ? { locationId, profile: {} } : await fetchProfile(locationId, read)];
      },
  );
  yield* mergeBounded(fetches, lanes);
}
