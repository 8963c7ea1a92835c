import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import spec from '../../spec.json' with { type: 'json' };
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/foundation/json.ts';
import { arbitraryOf } from './arbitrary-of-schema.ts';
import { replaced } from './changed.ts';
import { specCompatibilityRules } from './spec-compatibility.ts';

const BEFORE: JsonObject = spec.connectionSpecification;
const OAUTH = 'properties/credentials/oneOf/0';

const CHANGED: readonly (readonly [rule: string, path: string, value: JsonValue | undefined])[] = [
  ['no field is gone', 'properties/max_quota_share', undefined],
  ['no field is gone', `${OAUTH}/properties/version_id`, undefined],
  ['nothing more is required', 'required', ['credentials', 'start_date']],
  ['no type is narrowed', 'properties/lookback_window_minutes/type', 'string'],
  ['no choice is gone', 'properties/inaccessible_locations/enum', ['skip_inactive', 'skip_all']],
  ['no choice is gone', 'properties/costly_streams/items/enum', ['contact_notes']],
  ['nothing that was free is a choice', 'properties/api_url/enum', ['https://services.leadconnectorhq.com']],
  ['100 configs of before are still taken', 'properties/max_concurrency/maximum', 50],
  ['100 configs of before are still taken', `${OAUTH}/properties/client_id/pattern`, '^[0-9a-f]{24}-'],
  ['100 configs of before are still taken', 'required', ['credentials', 'location_ids']],
];

const find = (name: string, now: JsonValue): readonly string[] =>
  isJsonObject(now) ? (specCompatibilityRules.get(name)?.problems({ before: BEFORE, now }) ?? []) : [];

describe('the rules of two specifications', () => {
  test('each has something that it refuses', () => {
    expect(new Set(CHANGED.map(([name]) => name))).toStrictEqual(new Set(specCompatibilityRules.keys()));
  });

  test.each(CHANGED)('%s: refused with another %s', (name, path, value) => {
    expect(find(name, BEFORE)).toStrictEqual([]);
    expect(find(name, replaced(BEFORE, path, value))).toHaveLength(1);
  });

  test.each([
    ['field', 'properties/new', { type: 'string' }],
    ['choice', 'properties/additional_fields/enum', ['keep', 'drop', 'ask']],
    ['type', 'properties/api_url/type', ['string', 'null']],
  ])('allow one %s more', (_what, path, value) => {
    for (const name of specCompatibilityRules.keys()) {
      expect([name, find(name, replaced(BEFORE, path, value))]).toStrictEqual([name, []]);
    }
  });

  test('the configs that are made up fit the specification they are made from, and differ', () => {
    const ajv = new Ajv({ strict: false });
    addFormats.default(ajv);
    const fits = ajv.compile(BEFORE);
    const configs = fc.sample(arbitraryOf(BEFORE), 100);
    expect(configs.filter((config) => !fits(config))).toStrictEqual([]);
    const keys = new Set(configs.flatMap((config) => Object.keys(isJsonObject(config) ? config : {})));
    expect([...keys].sort()).toStrictEqual(Object.keys(spec.connectionSpecification.properties).sort());
  });
});
