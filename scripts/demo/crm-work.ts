import { isJsonArray, type JsonObject, textAt } from '../../src/foundation/json.ts';
import type { Deletion } from './deletions.ts';
import { objectsIn } from './objects-in.ts';
import { idOf, iso, type Site } from './site.ts';

export const editContacts = ({ world, locationId }: Site, count: number): void => {
  const [field] = world.customFields(locationId);
  for (const [index, row] of world.contacts(locationId).slice(0, count).entries()) {
    world.updateContact(locationId, idOf(row), {
      email: `moved.${index}@example.com`,
      tags: ['spring offer', ...(isJsonArray(row['tags']) ? row['tags'] : [])],
      customFields: [{ id: idOf(field), value: `called on day ${index}` }],
      loyaltyTier: 'gold',
    });
  }
};

export const addDeals = ({ world, locationId }: Site, count: number): void => {
  for (let index = 0; index < count; index += 1) {
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
export const moveDeals = ({ world, locationId, inHours }: Site, count: number): void => {
  const pipelines = world.pipelines(locationId);
  const open = world.opportunities(locationId).filter(({ status }) => status === 'open');
  for (const row of open.slice(0, count)) {
    const pipeline = pipelines.find(({ id }) => id === row['pipelineId']);
    const stages = objectsIn(pipeline?.['stages']);
    const next = stages[stages.findIndex(({ id }) => id === row['pipelineStageId']) + 1];
    const changedAt = iso(inHours(0));
    const move = { pipelineStageId: idOf(next), pipelineStageUId: idOf(next), lastStageChangeAt: changedAt };
    const win = { status: 'won', lastStatusChangeAt: changedAt };
    world.updateOpportunity(locationId, idOf(row), next === undefined ? win : move);
  }
};

export const renameStage = ({ world, locationId }: Site, from: string, to: string): void => {
  const renamed = (stage: JsonObject): JsonObject =>
    stage['name'] === from ? { ...stage, name: to } : stage;
  const rows = world
    .pipelines(locationId)
    .map((pipeline) => ({ ...pipeline, stages: objectsIn(pipeline['stages']).map(renamed) }));
  world.setList(locationId, 'pipelines', rows);
};

/** The one that was defined last. @returns its name */
export const deleteCustomField = ({ world, locationId }: Site): string => {
  const fields = world.customFields(locationId);
  world.setList(locationId, 'customFields', fields.slice(0, -1));
  return textAt(fields.at(-1) ?? {}, 'name') ?? '';
};

export const deleteContacts = ({ world, locationId }: Site, count: number): readonly Deletion[] => {
  const ids = world.contacts(locationId).slice(-count).map(idOf);
  for (const id of ids) world.deleteContact(locationId, id);
  return ids.map((id) => ({ stream: 'contacts', locationId, id }));
};

export const deleteDeals = ({ world, locationId }: Site, count: number): readonly Deletion[] => {
  const ids = world.opportunities(locationId).slice(0, count).map(idOf);
  for (const id of ids) world.deleteOpportunity(locationId, id);
  return ids.map((id) => ({ stream: 'opportunities', locationId, id }));
};

/** @returns how many there were */
export const completeTasks = ({ rows }: Site, most: number): number => {
  const tasks = rows('tasks');
  const open = tasks.rows().filter(({ completed }) => completed === false);
  for (const task of open.slice(0, most)) tasks.update(idOf(task), { completed: true });
  return Math.min(most, open.length);
};
