import { describe, expect, test } from '@jest/globals';
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/foundation/json.ts';
import { catalogCompatibilityRules } from './catalog-compatibility.ts';
import { catalogRules } from './catalog-rules.ts';
import { replaced } from './changed.ts';
import { objectsAt } from './raw-messages.ts';

const DATE_TIME = { type: ['null', 'string'], format: 'date-time' };
const GOOD: JsonObject = {
  streams: [
    {
      name: 'contacts',
      json_schema: {
        type: 'object',
        additionalProperties: true,
        properties: {
          id: { type: 'string' },
          date_updated: DATE_TIME,
          tags: { type: ['null', 'array'], items: { type: ['null', 'string'] } },
          owner: { type: ['null', 'object'], properties: { name: { type: ['null', 'string'] } } },
        },
      },
      supported_sync_modes: ['full_refresh', 'incremental'],
      source_defined_cursor: true,
      default_cursor_field: ['date_updated'],
      source_defined_primary_key: [['id']],
    },
    {
      name: 'tags',
      json_schema: { type: 'object', properties: { id: { type: 'string' } } },
      supported_sync_modes: ['full_refresh'],
      source_defined_primary_key: [['id']],
    },
  ],
};
const COLUMNS = 'streams/0/json_schema/properties';

type Broken = readonly (readonly [rule: string, path: string, value: JsonValue | undefined])[];

const BROKEN: Broken = [
  ['there are streams', 'streams', []],
  ['names are unique', 'streams/1/name', 'contacts'],
  ['schemas are valid', `${COLUMNS}/id/type`, 'text'],
  ['a schema has columns', 'streams/1/json_schema/properties', {}],
  ['a schema has columns', 'streams/1/json_schema/type', undefined],
  ['a cursor is a column', 'streams/0/default_cursor_field', ['updated_at']],
  ['a cursor is a column', 'streams/0/default_cursor_field', ['owner', 'updated_at']],
  ['what is incremental has a cursor', 'streams/0/default_cursor_field', undefined],
  ['no reference is left', `${COLUMNS}/owner/properties/name`, { $ref: 'names.json' }],
  ['no schema says "allOf" or "not"', `${COLUMNS}/owner/properties/name/allOf`, [{}]],
  ['no schema says "allOf" or "not"', `${COLUMNS}/tags/items/not`, {}],
  ['a primary key is made of columns', 'streams/1/source_defined_primary_key', [['id'], ['location_id']]],
  ['a primary key is of simple values', 'streams/0/source_defined_primary_key', [['owner']]],
  ['a primary key is of simple values', 'streams/0/source_defined_primary_key', [['id'], ['tags']]],
  ['a stream has a sync mode', 'streams/1/supported_sync_modes', []],
  ['more fields are allowed everywhere', `${COLUMNS}/owner/additionalProperties`, false],
  ['a value has one type besides null', `${COLUMNS}/owner/properties/name/type`, ['string', 'number']],
  ['a value has one type besides null', `${COLUMNS}/id/oneOf`, [{ type: 'string' }]],
  ['a list says what it holds', `${COLUMNS}/tags/items`, undefined],
  ['types are those that Airbyte knows', `${COLUMNS}/date_updated/airbyte_type`, 'timestamp'],
  ['no two columns differ in case or punctuation only', `${COLUMNS}/Date-Updated`, DATE_TIME],
];

/** What this version must not have changed. */
const CHANGED: Broken = [
  ['no stream is gone', 'streams/1', undefined],
  ['no column is gone', `${COLUMNS}/owner/properties/name`, undefined],
  ['no column has another type', `${COLUMNS}/id/type`, 'integer'],
  ['no column has another type', `${COLUMNS}/tags/items/type`, 'string'],
  ['no column has another type', `${COLUMNS}/id/type`, ['string', 'number']],
  ['no column has another format', `${COLUMNS}/date_updated/format`, undefined],
  ['no stream has another cursor', 'streams/0/default_cursor_field', ['id']],
  ['no stream has another primary key', 'streams/1/source_defined_primary_key', []],
  ['no stream has lost a sync mode', 'streams/0/supported_sync_modes', ['incremental']],
];

const streamsOf = (catalog: JsonValue): readonly JsonObject[] =>
  isJsonObject(catalog) ? objectsAt(catalog, 'streams') : [];

describe('the rules of the catalog', () => {
  test('each has something that it refuses', () => {
    expect(new Set(BROKEN.map(([name]) => name))).toStrictEqual(new Set(catalogRules.keys()));
  });

  test.each(BROKEN)('%s: refused with another %s', (name, path, value) => {
    const find = (catalog: JsonValue) => catalogRules.get(name)?.problems(streamsOf(catalog));
    expect(find(GOOD)).toStrictEqual([]);
    expect(find(replaced(GOOD, path, value))).toHaveLength(1);
  });
});

describe('the rules of two catalogs', () => {
  const find = (name: string, later: JsonValue) =>
    catalogCompatibilityRules.get(name)?.problems({ before: streamsOf(GOOD), now: streamsOf(later) });

  test('each has something that it refuses', () => {
    expect(new Set(CHANGED.map(([name]) => name))).toStrictEqual(new Set(catalogCompatibilityRules.keys()));
  });

  test.each(CHANGED)('%s: refused with another %s', (name, path, value) => {
    expect(find(name, GOOD)).toStrictEqual([]);
    expect(find(name, replaced(GOOD, path, value))).toHaveLength(1);
  });

  test.each([
    ['column', `${COLUMNS}/phone`, { type: 'string' }],
    ['null', `${COLUMNS}/id/type`, ['null', 'string']],
    ['sync mode', 'streams/1/supported_sync_modes', ['full_refresh', 'incremental']],
  ])('allow one %s more', (_what, path, value) => {
    for (const name of catalogCompatibilityRules.keys()) {
      expect([name, find(name, replaced(GOOD, path, value))]).toStrictEqual([name, []]);
    }
  });
});
