import { expect, test } from '@jest/globals';
import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  textAt,
} from '../../src/foundation/json.ts';
import { configuredCatalog, connect } from '../support/connection.ts';
import { startHighLevel } from '../support/highlevel.ts';
import { onlyLocation } from '../support/only-location.ts';
import { idIn } from '../support/subjects.ts';

const HOUR_MS = 3_600_000;
const QUIET = { rateLimits: 'off' } as const;
const BOTH = { contacts: 'incremental', opportunities: 'incremental' } as const;
const isDefinitions = ({ path }: { readonly path: string }): boolean => path.endsWith('/customFields');

const field = (key: string, dataType: string, model = 'contact'): JsonObject => ({
  id: `id-of-${key}`,
  name: key,
  model,
  fieldKey: `${model}.${key}`,
  dataType,
});

const FIELDS: readonly (readonly [JsonObject, JsonValue, JsonValue])[] = [
  [field('budget', 'MONETORY'), '1250.5', 1250.5],
  [field('seats', 'NUMERICAL'), '12', 12],
  [field('moved_in', 'DATE'), '2026-03-01T00:00:00.000Z', '2026-03-01T00:00:00.000Z'],
  [field('interests', 'MULTIPLE_OPTIONS'), ['North', 'South'], ['North', 'South']],
  [field('consent', 'CHECKBOX'), ['Yes'], ['Yes']],
  [field('outcome', 'SINGLE_OPTIONS'), 'Booked', 'Booked'],
  [field('zip', 'TEXT'), '0123', '0123'],
];

const valuesOf = (record: JsonObject | undefined): JsonObject => {
  const values = record?.['custom_field_values'];
  return isJsonObject(values) ? values : {};
};

test('custom field values have keys without the model, and the types of their fields', async () => {
  const highLevel = await startHighLevel({ contactsPerLocation: 3, knobs: QUIET });
  const { world } = highLevel.simulator;
  const locationId = onlyLocation(highLevel);
  world.setList(
    locationId,
    'customFields',
    FIELDS.map(([definition]) => definition),
  );
  const contact = world.addContact(locationId, {
    customFields: [
      ...FIELDS.map(([{ id = null }, value]) => ({ id, value })),
      { id: 'of-a-deleted-field', value: 'gone' },
    ],
  });
  highLevel.passTime(HOUR_MS);
  const run = await connect(highLevel).read({ contacts: 'incremental' });
  const record = run.records('contacts').find(({ id }) => id === idIn(contact));
  expect(valuesOf(record)).toEqual(
    Object.fromEntries(FIELDS.map(([definition, , typed]) => [textAt(definition, 'name') ?? '', typed])),
  );
  expect(run.calls.filter(isDefinitions)).toHaveLength(1);
});

test('a sync without new rows asks for no custom fields, and both streams ask for them once', async () => {
  const highLevel = await startHighLevel({ contactsPerLocation: 20, knobs: QUIET });
  const connection = connect(highLevel);
  const first = await connection.read(BOTH);
  // Values of deleted fields are looked for once more.
  expect(first.calls.filter(isDefinitions).length).toBeLessThanOrEqual(2);
  highLevel.passTime(5 * HOUR_MS);
  const idle = await connection.read(BOTH);
  expect(idle.calls.filter(isDefinitions)).toEqual([]);
});

test('a column that is not selected costs no request', async () => {
  const highLevel = await startHighLevel({ contactsPerLocation: 10, knobs: QUIET });
  const catalog = await configuredCatalog(BOTH);
  const { streams } = catalog;
  const deselected = isJsonArray(streams)
    ? streams.filter(isJsonObject).map((configured) => {
        const stream = isJsonObject(configured['stream']) ? configured['stream'] : {};
        const schema = isJsonObject(stream['json_schema']) ? stream['json_schema'] : {};
        const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
        const { custom_field_values: _left, ...rest } = properties;
        return { ...configured, stream: { ...stream, json_schema: { ...schema, properties: rest } } };
      })
    : [];
  const run = await connect(highLevel).read(BOTH, {
    inputs: { catalog: { json: { streams: deselected } } },
  });
  expect(run.records('contacts')).toHaveLength(10);
  expect(run.calls.filter(isDefinitions)).toEqual([]);
  expect(run.records('contacts').filter((row) => 'custom_field_values' in row)).toEqual([]);
});

test('without the scope the column is null, and one warning says so', async () => {
  const highLevel = await startHighLevel({
    locations: 3,
    contactsPerLocation: 8,
    knobs: QUIET,
  });
  highLevel.simulator.admin.removeScope('locations/customFields.readonly');
  const run = await connect(highLevel).read(BOTH);
  expect(run.exitCode).toBe(0);
  const rows = [...run.records('contacts'), ...run.records('opportunities')];
  expect(rows.length).toBeGreaterThan(20);
  expect(rows.filter((row) => (row['custom_field_values'] ?? null) !== null)).toEqual([]);
  expect(run.warnings.filter((warning) => warning.includes('custom_field_values'))).toHaveLength(1);
});

test('a field that was made between two syncs has its key in the second', async () => {
  const highLevel = await startHighLevel({ contactsPerLocation: 5, knobs: QUIET });
  const { world } = highLevel.simulator;
  const locationId = onlyLocation(highLevel);
  const connection = connect(highLevel);
  await connection.read({ contacts: 'incremental' });
  highLevel.passTime(5 * HOUR_MS);
  const made = field('favourite_colour', 'TEXT');
  world.setList(locationId, 'customFields', [...world.customFields(locationId), made]);
  const contact = world.addContact(locationId, { customFields: [{ id: made['id'] ?? '', value: 'green' }] });
  highLevel.passTime(HOUR_MS);
  const run = await connection.read({ contacts: 'incremental' });
  const record = run.records('contacts').find(({ id }) => id === idIn(contact));
  expect(valuesOf(record)).toEqual({ favourite_colour: 'green' });
});
