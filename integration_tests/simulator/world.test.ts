import { expect, test } from '@jest/globals';
import type { JsonObject } from '../../src/foundation/json.ts';
import { isJsonArray, isJsonObject } from '../../src/foundation/json.ts';
import type { SimulatorOptions } from './options.ts';
import { createSimulator } from './simulator.ts';
import { createTestClient, firstLocation, idsOf, rowAt, rowsIn } from './test-client.ts';
import { textOf } from './text-of.ts';

const NOW = Date.UTC(2025, 6, 1);
const open = (options: SimulatorOptions = {}) => {
  const simulator = createSimulator({ contactsPerLocation: 600, now: () => NOW, ...options });
  return { ...simulator, locationId: firstLocation(simulator) };
};

const typeOf = (value: unknown): string => {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
};
const typesOf = (rows: readonly JsonObject[], key: string) => new Set(rows.map((row) => typeOf(row[key])));
const nested = (rows: readonly JsonObject[], key: string): readonly JsonObject[] =>
  rows.flatMap((row) => rowsIn({ body: row }, key));

test('the same seed makes the same world, another seed another one', () => {
  const [first, second, other] = ['a', 'a', 'b'].map((seed) => {
    const { world, app, locationId, agencyToken, connectorConfig } = open({ seed, contactsPerLocation: 30 });
    const { pipelines, campaigns, customFields, contacts, opportunities, locations } = world;
    const lists = [pipelines, campaigns, customFields, contacts, opportunities].map((list) =>
      list(locationId),
    );
    return JSON.stringify([locations(), lists, app, agencyToken, connectorConfig('oauth')]);
  });
  expect(second).toBe(first);
  expect(other).not.toBe(first);
});

test('the world is the same whatever the clock says', () => {
  const worlds = [0, 1_000_000].map((ahead) => {
    const { world, locationId } = open({ now: () => NOW + ahead });
    return world.contacts(locationId);
  });
  expect(worlds[0]).toEqual(worlds[1]);
});

test('ids have the shapes of the CRM, and never repeat', () => {
  const { world, locationId, app } = open({ contactsPerLocation: 5_000 });
  const ids = [...idsOf(world.contacts(locationId)), ...idsOf(world.opportunities(locationId))];
  expect(new Set(ids).size).toBe(6_000);
  expect(ids.every((id) => /^[0-9A-Za-z]{20}$/.test(id))).toBe(true);
  const stages = nested(world.pipelines(locationId), 'stages');
  expect(idsOf(stages).every((id) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id))).toBe(true);
  expect(app.appId).toMatch(/^[0-9a-f]{24}$/);
});

test('types vary from row to row as in the wild', () => {
  const { world, locationId } = open({ opportunitiesPerLocation: 400 });
  const contacts = world.contacts(locationId);
  expect(typesOf(contacts, 'dateOfBirth')).toEqual(new Set(['null', 'number', 'string']));
  expect(typesOf(nested(contacts, 'customFields'), 'value')).toEqual(
    new Set(['string', 'number', 'array', 'object', 'boolean']),
  );
  expect(typesOf(contacts, 'firstName')).toEqual(new Set(['string', 'undefined']));
  const further = contacts.flatMap(({ additionalEmails: list }) => (isJsonArray(list) ? list : []));
  expect(new Set(further.map(typeOf))).toEqual(new Set(['string', 'object']));
  const opportunities = world.opportunities(locationId);
  expect(typesOf(opportunities, 'contactId')).toEqual(new Set(['string', 'undefined']));
  expect(typesOf(opportunities, 'monetaryValue')).toEqual(new Set(['number', 'null']));
  const keys = nested(opportunities, 'customFields').flatMap((field) => Object.keys(field));
  expect(keys).toEqual(
    expect.arrayContaining([
      'fieldValueString',
      'fieldValueNumber',
      'fieldValueDate',
      'fieldValueArray',
      'fieldValueFiles',
    ]),
  );
  expect(rowAt(world.locations(), 0)['isAgencySubAccount']).toEqual({});
});

test('without variations every key has one type', () => {
  const { world, locationId } = open({ variations: false });
  const contacts = world.contacts(locationId);
  expect(typesOf(contacts, 'dateOfBirth')).toEqual(new Set(['null', 'number']));
  expect(typesOf(contacts, 'firstName')).toEqual(new Set(['string']));
});

test('contacts and opportunities know each other', () => {
  const { world, locationId } = open({ variations: false });
  const [contact] = world.contacts(locationId).filter((row) => nested([row], 'opportunities').length > 0);
  const [embedded] = nested(contact === undefined ? [] : [contact], 'opportunities');
  const opportunity = world.opportunities(locationId).find(({ id }) => id === embedded?.['id']);
  expect(opportunity).toMatchObject({ ...embedded, contactId: contact?.['id'] });
});

test('imports leave rows with one and the same millisecond, and no row is newer than asked', () => {
  const newestRowAt = Date.UTC(2024, 0, 1);
  const { world, locationId } = open({ newestRowAt });
  const times = world.contacts(locationId).map((row) => Date.parse(textOf(row['dateAdded'])));
  expect(new Set(times).size).toBeLessThan(times.length);
  expect(Math.max(...times)).toBeLessThanOrEqual(newestRowAt);
});

test('rows can be verbatim, untouched by an edit, or without an update time', () => {
  const { world, locationId } = open();
  world.setContacts(locationId, [{ id: 'a', odd: [1] }]);
  expect(world.contacts(locationId)).toEqual([{ id: 'a', odd: [1] }]);
  const at = (time: number) => ({ dateUpdated: new Date(time).toISOString() });
  expect(world.updateContact(locationId, 'a', { odd: null }, { updatedAt: 'keep' })).not.toHaveProperty(
    'dateUpdated',
  );
  expect(world.updateContact(locationId, 'a', {})).toMatchObject(at(NOW));
  expect(world.updateContact(locationId, 'a', {}, { updatedAt: 5 })).toMatchObject(at(5));
  expect(world.updateContact(locationId, 'a', at(7))).toMatchObject(at(7));
  expect(world.updateContact(locationId, 'a', {}, { updatedAt: 'none' })).not.toHaveProperty('dateUpdated');
  expect(() => world.updateContact(locationId, 'b', {})).toThrow('There is no row b.');
});

test('an opportunity added for a contact is its in every place', () => {
  const { world, locationId } = open();
  const row = world.addOpportunity(locationId, { contactId: 'someone', name: 'Deal' });
  expect(row).toMatchObject({ name: 'Deal', contactId: 'someone', createdAt: new Date(NOW).toISOString() });
  expect(rowAt(nested([row], 'relations'), 0)['recordId']).toBe('someone');
  expect(isJsonObject(row['contact']) ? row['contact']['id'] : 'someone').toBe('someone');
});

test('locations come and go', async () => {
  const simulator = open({ locations: 2, contactsPerLocation: 2 });
  const { world, locationToken } = simulator;
  const added = world.addLocation({ name: 'Newcomer', contacts: 4 });
  world.setList(added, 'campaigns', [{ id: 'c', name: 'Hello' }]);
  const reply = await createTestClient(simulator, locationToken(added)).get(
    `/campaigns/?locationId=${added}`,
  );
  expect(rowsIn(reply, 'campaigns')).toEqual([{ id: 'c', name: 'Hello' }]);
  expect(world.contacts(added)).toHaveLength(4);
  const token = locationToken(added);
  world.removeLocation(added);
  expect(world.locationIds()).toHaveLength(2);
  expect((await createTestClient(simulator, token).get(`/campaigns/?locationId=${added}`)).status).toBe(403);
});

test('a hundred thousand contacts cost nothing until somebody reads them', async () => {
  const simulator = open({ contactsPerLocation: 100_000 });
  const { locationId, locationToken } = simulator;
  const client = createTestClient(simulator, locationToken(locationId));
  const reply = await client.post('/contacts/search', { locationId, pageLimit: 500 });
  expect(reply.body['total']).toBe(100_000);
  expect(rowsIn(reply, 'contacts')).toHaveLength(500);
});

test('calls tell what was asked, of whom, by whom, and what came of it', async () => {
  const simulator = open();
  const { locationId, locationToken, calls } = simulator;
  await createTestClient(simulator, locationToken(locationId)).get(
    `/campaigns/?locationId=${locationId}&status=draft`,
  );
  expect(calls).toEqual([
    expect.objectContaining({
      method: 'GET',
      path: '/campaigns/',
      query: { locationId, status: 'draft' },
      body: null,
      locationId,
      tokenClass: 'pit-location',
      status: 200,
      at: NOW,
    }),
  ]);
});

test('a private config has a line for every location, and overrides join it', () => {
  const { connectorConfig, world, locationToken } = open({ locations: 2 });
  const lines = world.locationIds().map((id) => `${id} ${locationToken(id)}`);
  expect(connectorConfig('private', { api_url: 'http://127.0.0.1:1', location_ids: ['x'] })).toEqual({
    credentials: { auth_type: 'private_integration_token', location_tokens: lines.join('\n') },
    api_url: 'http://127.0.0.1:1',
    location_ids: ['x'],
  });
});
