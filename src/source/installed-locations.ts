import { isJsonArray, isJsonObject, type JsonValue, textAt } from '../foundation/json.ts';
import type { Query } from '../http/client.ts';
import type { Requester } from '../http/requester.ts';
import type { CompanyAccess } from './access.ts';
import { sourceError } from './source-errors.ts';

const PAGE_SIZE = 100;
const MOST_PASSES = 25;
/** Far more than any agency has: a list that goes on beyond does not end. */
const MOST_PAGES = 2000;

const unreadable = (problem: string): Error => sourceError('installed_list_unreadable', { problem });

const idsOf = (body: JsonValue): readonly string[] => {
  const list = isJsonObject(body) ? body['locations'] : undefined;
  if (!isJsonArray(list)) {
    throw unreadable('has no "locations"');
  }
  return list.map((entry) => {
    const id = isJsonObject(entry) ? (textAt(entry, '_id') ?? textAt(entry, 'id')) : undefined;
    if (id === undefined) {
      throw unreadable('has a location without an id');
    }
    return id;
  });
};

/** Asks where the agency's app is installed. */
export interface InstalledLocations {
  /** Every location, found by reading the list until it is stable: its pages have no order of their own. */
  readonly all: () => Promise<ReadonlySet<string>>;
  readonly has: (locationId: string) => Promise<boolean>;
}

export const createInstalledLocations = (
  { authenticator, companyId, appId }: CompanyAccess,
  requester: Requester,
  signal: AbortSignal,
): InstalledLocations => {
  const ask = async (query: Query): Promise<readonly string[]> => {
    const { body } = await requester.request(
      {
        method: 'GET',
        path: '/oauth/installedLocations',
        headers: { version: '2021-07-28' },
        query: { companyId, appId, isInstalled: true, limit: PAGE_SIZE, ...query },
      },
      {
        authenticator,
        bucket: companyId,
        purpose: 'the list of locations',
        scope: 'oauth.readonly',
        signal,
      },
    );
    return idsOf(body);
  };

  /** Reads the list once. A short page is not its end, because servers cap pages in silence. */
  const pass = async (found: Set<string>): Promise<{ readonly pages: number; readonly rows: number }> => {
    let rows = 0;
    for (let pages = 0; pages < MOST_PAGES; pages += 1) {
      const ids = await ask({ skip: rows });
      if (ids.length === 0) return { pages, rows };
      ids.forEach((id) => found.add(id));
      rows += ids.length;
    }
    throw unreadable('does not end');
  };

  return {
    all: async () => {
      const found = new Set<string>();
      for (let passes = 1; passes <= MOST_PASSES; passes += 1) {
        const before = found.size;
        const { pages, rows } = await pass(found);
        if (pages <= 1) return found;
        // A pass that shows one location twice has left out another: as many as its rows must have been found.
        if (found.size === before && found.size >= rows) return found;
      }
      throw sourceError('installed_list_unstable', {});
    },
    has: async (locationId) => (await ask({ locationId })).includes(locationId),
  };
};
