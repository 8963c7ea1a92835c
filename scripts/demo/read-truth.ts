import type { Simulator } from '../../integration_tests/simulator/simulator.ts';
import { isJsonArray, isJsonObject, type JsonObject, textAt } from '../../src/foundation/json.ts';
import type { ApiRow } from './expected-row.ts';

/** Every row of every stream as HighLevel has it. */
export type Truth = ReadonlyMap<string, readonly ApiRow[]>;

const DETAILS = ['notes', 'tasks', 'calendarEvents'];
const PAGE_SIZE = 100;

interface Question {
  readonly path: string;
  readonly token: string;
  readonly body?: JsonObject;
  readonly list: string;
}

/** Asks the simulator behind the connector's back; what it asks counts for nobody's quota but its own. */
const ask = async (
  { handle }: Simulator,
  { path, token, body, list }: Question,
): Promise<readonly JsonObject[]> => {
  const response = await handle(
    new Request(`http://highlevel.invalid${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        version: '2021-07-28',
        accept: 'application/json',
        'content-type': 'application/json',
        'user-agent': 'demo/1.0',
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }),
  );
  const answer: unknown = await response.json();
  const rows = isJsonObject(answer) ? answer[list] : undefined;
  if (!isJsonArray(rows)) throw new Error(`No truth from ${path}: ${JSON.stringify(answer).slice(0, 300)}`);
  return rows.filter(isJsonObject);
};

/** Notes, tasks and events of opportunities: the world does not hold them, a search makes them up by request. */
const detailsOf = async (
  simulator: Simulator,
  locationId: string,
): Promise<ReadonlyMap<string, JsonObject>> => {
  const details = new Map<string, JsonObject>();
  for (let page = 0; ; page += 1) {
    const rows = await ask(simulator, {
      path: '/opportunities/search',
      token: simulator.locationToken(locationId),
      list: 'opportunities',
      body: {
        locationId,
        limit: PAGE_SIZE,
        page,
        additionalDetails: Object.fromEntries(DETAILS.map((key) => [key, true])),
      },
    });
    if (rows.length === 0) return details;
    for (const row of rows) {
      const own = Object.entries(row).filter(([key]) => DETAILS.includes(key));
      details.set(textAt(row, 'id') ?? '', Object.fromEntries(own));
    }
  }
};

const opportunitiesOf = async (simulator: Simulator, locationId: string): Promise<readonly JsonObject[]> => {
  const details = await detailsOf(simulator, locationId);
  return simulator.world.opportunities(locationId).map((row) => {
    const id = textAt(row, 'id') ?? '';
    const own = details.get(id);
    if (own === undefined)
      throw new Error(`No truth about the notes, tasks and events of opportunity ${id}.`);
    return { ...row, ...own };
  });
};

/** The agency's list tells less of a location than the world knows, so the list is asked. */
const locationsOf = async (simulator: Simulator): Promise<readonly ApiRow[]> => {
  const path = `/locations/search?companyId=${simulator.app.companyId}&limit=${PAGE_SIZE}`;
  const rows = await ask(simulator, { path, token: simulator.agencyToken, list: 'locations' });
  return rows.map((row) => ({ locationId: textAt(row, 'id') ?? '', row }));
};

export const readTruth = async (simulator: Simulator): Promise<Truth> => {
  const { world } = simulator;
  const everywhere = async (
    rowsOf: (locationId: string) => readonly JsonObject[] | Promise<readonly JsonObject[]>,
  ): Promise<readonly ApiRow[]> => {
    const lists = world
      .locationIds()
      .map(async (locationId) => (await rowsOf(locationId)).map((row) => ({ locationId, row })));
    return (await Promise.all(lists)).flat();
  };
  return new Map([
    ['locations', await locationsOf(simulator)],
    ['contacts', await everywhere(world.contacts)],
    ['opportunities', await everywhere((locationId) => opportunitiesOf(simulator, locationId))],
    ['pipelines', await everywhere(world.pipelines)],
    ['campaigns', await everywhere(world.campaigns)],
    ['custom_fields', await everywhere(world.customFields)],
  ]);
};
