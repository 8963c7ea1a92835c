import { truthOf } from '../../integration_tests/support/truth.ts';
import type { Simulator } from '../../integration_tests/simulator/simulator.ts';
import { type JsonObject, textAt } from '../../src/foundation/json.ts';
import { askSimulator, PAGE_SIZE } from './ask-simulator.ts';
import type { ApiRow } from './expected-row.ts';
import { attributionsOf, opportunitiesOf } from './made-up-truth.ts';
import { shapedTruth } from './shaped-truth.ts';
import { withFieldValues } from './field-values.ts';

/** Every row of every stream as HighLevel has it. */
export type Truth = ReadonlyMap<string, readonly ApiRow[]>;

type RowsOf = (locationId: string) => readonly JsonObject[] | Promise<readonly JsonObject[]>;

/** The agency's list tells less of a location than the world knows, so the list is asked. */
const locationsOf = async (simulator: Simulator): Promise<readonly ApiRow[]> => {
  const path = `/locations/search?companyId=${simulator.app.companyId}&limit=${PAGE_SIZE}`;
  const rows = await askSimulator(simulator, { path, token: simulator.agencyToken, list: 'locations' });
  return rows.map((row) => ({ locationId: textAt(row, 'id') ?? '', row }));
};

const rowsOf = (simulator: Simulator, stream: string): RowsOf => {
  const { world } = simulator;
  const asListed: RowsOf = (locationId) =>
    shapedTruth(world, stream, locationId) ?? truthOf(world, stream, locationId);
  const special: Readonly<Record<string, RowsOf>> = {
    contacts: (locationId) => withFieldValues(world.customFields(locationId), world.contacts(locationId)),
    opportunities: async (locationId) =>
      withFieldValues(world.customFields(locationId), await opportunitiesOf(simulator, locationId)),
    ['contact_attributions']: (locationId) => attributionsOf(simulator, locationId),
  };
  return special[stream] ?? asListed;
};

export const readTruth = async (simulator: Simulator, streams: readonly string[]): Promise<Truth> => {
  const everywhere = async (stream: string): Promise<readonly ApiRow[]> => {
    if (stream === 'locations') return locationsOf(simulator);
    const of = rowsOf(simulator, stream);
    const lists = simulator.world
      .locationIds()
      .map(async (locationId) => (await of(locationId)).map((row) => ({ locationId, row })));
    return (await Promise.all(lists)).flat();
  };
  // What the connector says of itself is nothing that HighLevel has.
  const told = streams.filter((stream) => stream !== 'sync_report');
  const rows = told.map(async (stream) => [stream, await everywhere(stream)] as const);
  return new Map(await Promise.all(rows));
};
