import type { Simulator } from '../../integration_tests/simulator/simulator.ts';
import { type JsonObject, textAt } from '../../src/foundation/json.ts';
import { askAll, PAGE_SIZE } from './ask-simulator.ts';
import { picked } from './picked.ts';

const DETAILS = ['notes', 'tasks', 'calendarEvents'];
const OF_ATTRIBUTIONS = ['id', 'locationId', 'attributions', 'source', 'dateAdded', 'dateUpdated'];

/** Notes, tasks and events of opportunities: the world does not hold them, a search makes them up by request. */
const detailsOf = async (
  simulator: Simulator,
  locationId: string,
): Promise<ReadonlyMap<string, JsonObject>> => {
  const additionalDetails = Object.fromEntries(DETAILS.map((key) => [key, true]));
  const rows = await askAll(simulator, (page) => ({
    path: '/opportunities/search',
    token: simulator.locationToken(locationId),
    list: 'opportunities',
    body: { locationId, limit: PAGE_SIZE, page, additionalDetails },
  }));
  return new Map(rows.map((row) => [textAt(row, 'id') ?? '', picked(row, DETAILS)]));
};

export const opportunitiesOf = async (
  simulator: Simulator,
  locationId: string,
): Promise<readonly JsonObject[]> => {
  const details = await detailsOf(simulator, locationId);
  return simulator.world.opportunities(locationId).map((row) => {
    const id = textAt(row, 'id') ?? '';
    const own = details.get(id);
    if (own === undefined)
      throw new Error(`No truth about the notes, tasks and events of opportunity ${id}.`);
    return { ...row, ...own };
  });
};

const placeAfter = (last: JsonObject | undefined): string =>
  last === undefined
    ? ''
    : `&startAfter=${Date.parse(textAt(last, 'dateAdded') ?? '')}&startAfterId=${textAt(last, 'id') ?? ''}`;

/** Where contacts came from: only the older list of contacts makes that up. */
export const attributionsOf = async (
  simulator: Simulator,
  locationId: string,
): Promise<readonly JsonObject[]> => {
  const rows = await askAll(simulator, (_page, last) => ({
    path: `/contacts/?locationId=${locationId}&limit=${PAGE_SIZE}${placeAfter(last)}`,
    token: simulator.locationToken(locationId),
    list: 'contacts',
  }));
  return rows.map((row) => picked(row, OF_ATTRIBUTIONS));
};
