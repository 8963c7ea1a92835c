import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import type { JsonObject } from '../../src/foundation/json.ts';
import schema from './metadata.schema.json' with { type: 'json' };
import { asText, listAt, objectAt } from './raw-messages.ts';
import { rule, type Rules } from './rule.ts';

const ajv = new Ajv({ allErrors: true });
addFormats.default(ajv);
const fits = ajv.compile(schema);

const misfits = (metadata: JsonObject): readonly string[] =>
  fits(metadata)
    ? []
    : (fits.errors ?? []).map(
        ({ instancePath, message = '', params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
      );

const dataOf = (metadata: JsonObject): JsonObject => objectAt(metadata, 'data');

const isUnexplainedMajor = (metadata: JsonObject): boolean => {
  const tag = asText(dataOf(metadata)['dockerImageTag']);
  const isFirstOfMajor = /^[1-9]\d*\.0\.0$/.test(tag) && tag !== '1.0.0';
  return isFirstOfMajor && !(tag in objectAt(dataOf(metadata), 'releases', 'breakingChanges'));
};

/** What Airbyte's registry asserts of metadata, and its tests of those of certified connectors. */
export const metadataRules: Rules<JsonObject> = new Map([
  rule('there is all that is asked for, and nothing that is not known', ['metadata_validator'], misfits),
  rule('one tag names the language', ['metadata_validator'], (metadata) =>
    listAt(dataOf(metadata), 'tags').some((tag) => asText(tag).startsWith('language:')) ? [] : ['none does'],
  ),
  rule('a major version says what it breaks', ['metadata_validator'], (metadata) =>
    isUnexplainedMajor(metadata) ? ['this one does not'] : [],
  ),
  rule('hosts are named', ['test_certified_connector_has_allowed_hosts'], (metadata) =>
    listAt(objectAt(dataOf(metadata), 'allowedHosts'), 'hosts').length > 0 ? [] : ['none is'],
  ),
  rule('streams are suggested', ['test_certified_connector_has_suggested_streams'], (metadata) =>
    listAt(objectAt(dataOf(metadata), 'suggestedStreams'), 'streams').length > 0 ? [] : ['none is'],
  ),
]);
