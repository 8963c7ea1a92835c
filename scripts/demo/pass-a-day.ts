import { isJsonArray, type JsonObject, textAt } from '../../src/foundation/json.ts';
import type { Agency } from './agency.ts';
import { objectsIn } from './objects-in.ts';

/** What people did in HighLevel between two syncs. */
export interface Day {
  /** A sentence for each kind of change. */
  readonly events: readonly string[];
  /** Ids of contacts that are gone: incremental reads cannot see that. */
  readonly deletedContacts: ReadonlySet<string>;
}

const EDITED = 40;
const CREATED = 12;
const MOVED = 15;
const DELETED = 3;
const RENAMED = { from: 'Proposal sent', to: 'Offer sent' };
const NEW_LOCATION = { name: 'Harbor Coffee', contacts: 300, opportunities: 60, pipelines: 1, campaigns: 1 };

const idOf = (row: JsonObject | undefined): string => textAt(row ?? {}, 'id') ?? '';
const iso = (epochMs: number): string => new Date(epochMs).toISOString();

const editContacts = ({ simulator: { world } }: Agency, locationId: string): void => {
  const [field] = world.customFields(locationId);
  for (const [index, row] of world.contacts(locationId).slice(0, EDITED).entries()) {
    world.updateContact(locationId, idOf(row), {
      email: `moved.${index}@example.com`,
      tags: ['spring offer', ...(isJsonArray(row['tags']) ? row['tags'] : [])],
      customFields: [{ id: idOf(field), value: `called on day ${index}` }],
      loyaltyTier: 'gold',
    });
  }
};

const addDeals = ({ simulator: { world } }: Agency, locationId: string): void => {
  for (let index = 0; index < CREATED; index += 1) {
    const contact = world.addContact(locationId, { source: 'Walk-in' });
    world.addOpportunity(locationId, {
      name: `Walk-in ${index + 1}`,
      contactId: idOf(contact),
      status: 'open',
      monetaryValue: 1_000 + index,
    });
  }
};

/** Open deals go to the next stage of their pipeline, and are won in its last one. */
const moveDeals = ({ simulator: { world }, now }: Agency, locationId: string): void => {
  const pipelines = world.pipelines(locationId);
  const open = world.opportunities(locationId).filter(({ status }) => status === 'open');
  for (const row of open.slice(0, MOVED)) {
    const pipeline = pipelines.find(({ id }) => id === row['pipelineId']);
    const stages = objectsIn(pipeline?.['stages']);
    const next = stages[stages.findIndex(({ id }) => id === row['pipelineStageId']) + 1];
    const changedAt = iso(now());
    const move = { pipelineStageId: idOf(next), pipelineStageUId: idOf(next), lastStageChangeAt: changedAt };
    const win = { status: 'won', lastStatusChangeAt: changedAt };
    world.updateOpportunity(locationId, idOf(row), next === undefined ? win : move);
  }
};

const renameStage = ({ simulator: { world } }: Agency, locationId: string): void => {
  const renamed = (stage: JsonObject): JsonObject =>
    stage['name'] === RENAMED.from ? { ...stage, name: RENAMED.to } : stage;
  const rows = world
    .pipelines(locationId)
    .map((pipeline) => ({ ...pipeline, stages: objectsIn(pipeline['stages']).map(renamed) }));
  world.setList(locationId, 'pipelines', rows);
};

const deleteContacts = ({ simulator: { world } }: Agency, locationId: string): ReadonlySet<string> => {
  const ids = world.contacts(locationId).slice(-DELETED).map(idOf);
  for (const id of ids) world.deleteContact(locationId, id);
  return new Set(ids);
};

const nameOf = ({ simulator: { world } }: Agency, locationId: string): string =>
  textAt(world.locations().find(({ id }) => id === locationId) ?? {}, 'name') ?? locationId;

/** Lets a day pass, in which the first three locations are at work and a fourth one opens. */
export const passADay = (agency: Agency): Day => {
  const { world } = agency.simulator;
  const [first = '', second = '', third = ''] = world.locationIds();
  agency.passHours(16);
  editContacts(agency, first);
  renameStage(agency, first);
  agency.passHours(3);
  addDeals(agency, second);
  for (const locationId of [first, second, third]) moveDeals(agency, locationId);
  agency.passHours(3);
  const [field, ...otherFields] = [...world.customFields(third)].reverse();
  world.setList(third, 'customFields', otherFields.reverse());
  const deletedContacts = deleteContacts(agency, third);
  world.addLocation(NEW_LOCATION);
  agency.passHours(4);
  return {
    deletedContacts,
    events: [
      `${EDITED} contacts edited in ${nameOf(agency, first)}: e-mail, tags, a custom field, and a field new to the API`,
      `stage "${RENAMED.from}" renamed to "${RENAMED.to}" in ${nameOf(agency, first)}`,
      `${CREATED} new contacts, each with a new deal, in ${nameOf(agency, second)}`,
      `${MOVED} deals moved to their next stage (or won) in each of the three locations`,
      `${DELETED} contacts deleted in ${nameOf(agency, third)}, and the custom field "${textAt(field ?? {}, 'name') ?? ''}"`,
      `a new location, ${NEW_LOCATION.name}, with ${NEW_LOCATION.contacts} contacts and ${NEW_LOCATION.opportunities} deals`,
    ],
  };
};
