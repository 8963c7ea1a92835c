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

/** What one answer shows of the list. */
interface Page {
  readonly ids: readonly string[];
  /** Of all locations of the agency, whether the app is installed there or not; undefined where it is not said. */
  readonly count: number | undefined;
}

const pageOf = (body: JsonValue): Page => {
  const list = isJsonObject(body) ? body['locations'] : undefined;
  if (!isJsonArray(list)) {
    throw unreadable('has no "locations"');
  }
  const count = isJsonObject(body) ? body['count'] : undefined;
  const ids = list.map((entry) => {
    const id = isJsonObject(entry) ? (textAt(entry, '_id') ?? textAt(entry, 'id')) : undefined;
    if (id === undefined) {
      throw unreadable('has a location without an id');
    }
    return id;
  });
  return { ids, count: typeof count === 'number' ? count : undefined };
};

/** The list as it was read once. */
interface Pass {
  /** Where its pages began, and where it ended. */
  readonly offsets: readonly number[];
  readonly rows: number;
  /** What all answers say the agency has; undefined where they do not agree. */
  readonly count: number | undefined;
}

/** @throws ConnectorError when the list does not come to rest */
const readUntilWhole = async (
  pass: (found: Set<string>, offsets: readonly number[]) => Promise<Pass>,
): Promise<ReadonlySet<string>> => {
  const found = new Set<string>();
  let offsets: readonly number[] = [];
  for (let passes = 1; passes <= MOST_PASSES; passes += 1) {
    const before = found.size;
    const { rows, count, ...read } = await pass(found, offsets);
    ({ offsets } = read);
    const pages = offsets.length - 1;
    if (pages <= 1) return found;
    // There is no location that could be missing.
    if (rows === count && found.size === count) return found;
    // A pass that shows one location twice has left out another: as many as its rows must have been found.
    if (found.size === before && found.size >= rows) return found;
  }
  throw sourceError('installed_list_unstable', {});
};

/** Asks where the agency's app is installed. */
export interface InstalledLocations {
  /** Every location, found by reading the list until it is stable, or until nothing can be missing: its pages have no order. */
  readonly all: () => Promise<ReadonlySet<string>>;
  readonly has: (locationId: string) => Promise<boolean>;
}

export const createInstalledLocations = (
  { authenticator, companyId, appId }: CompanyAccess,
  requester: Requester,
  signal: AbortSignal,
): InstalledLocations => {
  const ask = async (query: Query): Promise<Page> => {
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
    return pageOf(body);
  };

  /**
   * Reads the list once. A short page is not its end, because servers cap pages in silence.
   * @param offsets where the pages of the pass before began, which are asked for at once
   */
  const pass = async (found: Set<string>, offsets: readonly number[]): Promise<Pass> => {
    const asked = new Map(offsets.map((skip) => [skip, ask({ skip })]));
    await Promise.all(asked.values());
    const begun: number[] = [];
    const counts = new Set<number | undefined>();
    let rows = 0;
    while (begun.length < MOST_PAGES) {
      const { ids, count } = await (asked.get(rows) ?? ask({ skip: rows }));
      begun.push(rows);
      counts.add(count);
      if (ids.length === 0) return { offsets: begun, rows, count: counts.size === 1 ? count : undefined };
      ids.forEach((id) => found.add(id));
      rows += ids.length;
    }
    throw unreadable('does not end');
  };

  return {
    all: () => readUntilWhole(pass),
    has: async (locationId) => (await ask({ locationId })).ids.includes(locationId),
  };
};
