import type { JsonObject } from '../../src/foundation/json.ts';
import { createCollections } from './collections/create-collections.ts';
import { contactRows } from './contact-row.ts';
import { customFieldDefinitions } from './custom-field-definitions.ts';
import { locationRow } from './location-row.ts';
import type { LocationSeed } from './location-seed.ts';
import { contactIdOf, opportunityRows, withContact } from './opportunity-row.ts';
import { type LocationOptions, REFUSED_LOCATION, type SimulatorOptions } from './options.ts';
import { createCampaigns, createPipelines } from './pipelines.ts';
import { createRandom, hashOf } from './random.ts';
import { createTable, type WriteClock } from './table.ts';
import type { LocationState, WorldState } from './world.ts';
import { textOf } from './text-of.ts';

const TWO_YEARS_MS = 731 * 86_400_000;
const DEFAULT_NEWEST = Date.UTC(2025, 5, 1);
const MOST_PIPELINES = 3;

export interface LocationContext {
  readonly seed: number;
  readonly companyId: string;
  readonly options: SimulatorOptions;
  readonly clock: WriteClock;
  /** Called with the private integration token of every new location. */
  readonly onCreated: (location: LocationState) => void;
}

const seedOf = (context: LocationContext, id: string, seed: number, asked: LocationOptions) => {
  const {
    contactsPerLocation = 100,
    opportunitiesPerLocation,
    newestRowAt = DEFAULT_NEWEST,
  } = context.options;
  const { variations = true, shareNeverUpdated = 0 } = context.options;
  const contactCount = asked.contacts ?? contactsPerLocation;
  const random = createRandom(hashOf(seed, 2));
  const pipelines = createPipelines(hashOf(seed, 3), asked.pipelines ?? random.int(1, MOST_PIPELINES));
  const location: LocationSeed = {
    seed,
    id,
    contactCount,
    opportunityCount: asked.opportunities ?? opportunitiesPerLocation ?? Math.floor(contactCount / 5),
    oldestRowAt: newestRowAt - TWO_YEARS_MS,
    newestRowAt,
    customFields: customFieldDefinitions(hashOf(seed, 4), id),
    // A location without pipelines has no deals, but the seed of one still needs a stage to stand on.
    stages: pipelines.stages.length > 0 ? pipelines.stages : createPipelines(hashOf(seed, 3), 1).stages,
    users: Array.from({ length: 4 }, () => random.id()),
    variations,
    shareNeverUpdated,
  };
  return { location, pipelines: pipelines.rows, random };
};

const tablesOf = (location: LocationSeed, clock: WriteClock) => ({
  contacts: createTable({
    seeded: contactRows(location),
    keys: { added: 'dateAdded', updated: 'dateUpdated', tieOf: ({ id }) => textOf(id) },
    clock,
    fresh: (row) => ({ ...row, opportunities: [] }),
  }),
  opportunities: createTable({
    seeded: opportunityRows(location),
    keys: { added: 'createdAt', updated: 'updatedAt', tieOf: contactIdOf },
    clock,
    fresh: (row, { contactId }) => (typeof contactId === 'string' ? withContact(row, contactId) : row),
  }),
});

/** All locations of the company, made from the seed in the order they are created. */
export const createLocationStates = (context: LocationContext): WorldState => {
  const locations = new Map<string, LocationState>();
  let created = 0;
  const createLocation = (asked: LocationOptions): LocationState => {
    const seed = hashOf(context.seed, created);
    created += 1;
    const identity = createRandom(seed);
    const id = asked.id ?? identity.id();
    const { location, pipelines, random } = seedOf(context, id, seed, asked);
    const row: JsonObject = locationRow({ id, companyId: context.companyId, seed, name: asked.name });
    const state: LocationState = {
      id,
      row,
      access: asked.access ?? 'active',
      refusal: REFUSED_LOCATION,
      installedAt: new Date(Date.UTC(2024, random.int(0, 11), random.int(1, 28), 10, 30)).toISOString(),
      privateToken: `pit-${identity.uuid()}`,
      ...tablesOf(location, context.clock),
      pipelines,
      campaigns: createCampaigns(hashOf(seed, 5), id, asked.campaigns),
      customFields: location.customFields.map((field) => field.row),
      collection: createCollections(location, { ...context.options.rows, ...asked.rows }, context.clock),
    };
    locations.set(id, state);
    context.onCreated(state);
    return state;
  };
  return { locations, createLocation };
};
