import { describe, expect, test } from '@jest/globals';
import spec from '../../spec.json' with { type: 'json' };
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/foundation/json.ts';
import { replaced } from './changed.ts';
import { oauthRules } from './oauth-rules.ts';
import type { Rules } from './rule.ts';
import { specRules } from './spec-rules.ts';

const FIELDS = 'connectionSpecification/properties';
const OPTIONS = `${FIELDS}/credentials/oneOf`;
const OAUTH = 'advanced_auth/oauth_config_specification';

/** What each rule has to refuse: a place, and what stands there instead. */
const BROKEN: readonly (readonly [rule: string, path: string, value: JsonValue | undefined])[] = [
  ['choices are distinct', `${FIELDS}/additional_fields/enum`, ['keep', 'drop', 'keep']],
  ['choices are distinct', `${FIELDS}/costly_streams/items/enum`, ['contact_notes', 'contact_notes']],
  ['options are told apart by one required constant', `${FIELDS}/credentials/type`, 'string'],
  ['options are told apart by one required constant', `${OPTIONS}/1/properties`, {}],
  ['options are told apart by one required constant', `${OPTIONS}/1/properties/auth_type/const`, undefined],
  ['options are told apart by one required constant', `${OPTIONS}/1/properties/auth_type/const`, 'oauth2.0'],
  [
    'options are told apart by one required constant',
    `${OPTIONS}/0/properties/auth_type/default`,
    'oauth2.0',
  ],
  ['options are told apart by one required constant', `${OPTIONS}/0/properties/auth_type/enum`, ['oauth2.0']],
  ['options are told apart by one required constant', `${OPTIONS}/0/required`, ['client_id']],
  ['a field has one type, or one and null', `${FIELDS}/start_date/type`, ['null', 'string']],
  ['a field has one type, or one and null', `${OPTIONS}/0/properties/scopes/type`, ['string', 'integer']],
  ['an object has properties or options', `${FIELDS}/credentials/oneOf`, undefined],
  ['an object has properties or options', `${FIELDS}/more`, { type: 'object', properties: {} }],
  ['items are of one type that the form can show', `${FIELDS}/location_ids/items`, [{ type: 'string' }]],
  ['items are of one type that the form can show', `${FIELDS}/location_ids/items/type`, 'boolean'],
  ['there is no keyword that the form cannot show', `${FIELDS}/start_date/anyOf`, []],
  ['there is no keyword that the form cannot show', `${OPTIONS}/0/if`, {}],
  ['a date has a pattern that takes what the picker writes', `${FIELDS}/start_date/pattern`, undefined],
  ['a date has a pattern that takes what the picker writes', `${FIELDS}/start_date/pattern`, '^[0-9]+$'],
  ['a pattern of a date has its format', `${FIELDS}/start_date/format`, undefined],
  ['no two fields have one place', `${FIELDS}/exclude_location_ids/order`, 1],
  ['no two fields have one place', `${OPTIONS}/0/properties/client_secret/order`, 1],
  ['groups are of the top only', `${OPTIONS}/0/properties/client_id/group`, 'pace'],
  ['what is required needs no "always show"', `${FIELDS}/credentials/always_show`, true],
  ['only options have a way to be displayed', `${FIELDS}/start_date/display_type`, 'radio'],
  ['only options have a way to be displayed', `${FIELDS}/credentials/display_type`, 'tabs'],
  ['no reference is left', `${FIELDS}/start_date/$ref`, '#/definitions/date'],
  ['secrets are marked, and nothing else', `${OPTIONS}/0/properties/refresh_token/airbyte_secret`, undefined],
  ['secrets are marked, and nothing else', `${FIELDS}/Password`, { type: 'integer' }],
  ['secrets are marked, and nothing else', `${OPTIONS}/0/properties/auth_type/airbyte_secret`, true],
  ['secrets are marked, and nothing else', `${FIELDS}/location_ids/airbyte_secret`, true],
  ['more fields are allowed everywhere', `${OPTIONS}/1/additionalProperties`, false],
  ['more fields are allowed everywhere', 'connectionSpecification/additionalProperties', { type: 'string' }],
  ['a masked secret fits its way to sign in', `${OPTIONS}/1/properties/location_tokens/pattern`, '^pit-'],
  ['it speaks draft 7', 'connectionSpecification/$schema', undefined],
];

const BROKEN_OAUTH: typeof BROKEN = [
  [
    'what the sign-in gives and takes are fields of the config',
    `${OAUTH}/complete_oauth_output_specification/properties/access_token/path_in_connector_config`,
    ['credentials', 'token'],
  ],
  [
    'what the sign-in gives and takes are fields of the config',
    `${OAUTH}/complete_oauth_server_output_specification/properties/client_id/path_in_connector_config`,
    undefined,
  ],
  ['what the sign-in gives and takes are fields of the config', OAUTH, {}],
  [
    'the sign-in is the first way to authenticate',
    'advanced_auth/predicate_value',
    'private_integration_token',
  ],
  ['the sign-in is the first way to authenticate', 'advanced_auth/predicate_key', []],
];

const found = (rules: Rules<JsonObject>, name: string, subject: JsonValue): readonly string[] =>
  isJsonObject(subject) ? (rules.get(name)?.problems(subject) ?? []) : [];

describe.each([
  ['specification', specRules, BROKEN],
  ['sign-in', oauthRules, BROKEN_OAUTH],
])('the rules of the %s', (_title, rules, broken) => {
  test('each has something that it refuses', () => {
    expect(new Set(broken.map(([name]) => name))).toStrictEqual(new Set(rules.keys()));
  });

  test.each(broken)('%s: refused with another %s', (name, path, value) => {
    expect(found(rules, name, spec)).toStrictEqual([]);
    expect(found(rules, name, replaced(spec, path, value))).toHaveLength(1);
  });
});
