import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../foundation/json.ts';
import { secretFields } from './connector-specification.ts';
import { locationTokenLines, TOKEN_PREFIX } from './location-tokens.ts';
import { isMasked } from './masked.ts';

/** Of a line that is as it should be, the first word is no secret: logs name locations by it. */
const secretWords = (words: readonly string[]): readonly string[] =>
  words.filter((word, index) => index > 0 || words.length !== 2 || word.startsWith(TOKEN_PREFIX));

const partsOf = (field: string, text: string): readonly string[] =>
  field === 'location_tokens'
    ? locationTokenLines(text).flatMap(({ words }) => secretWords(words))
    : [text.trim()];

const secretsIn = (field: string, value: JsonValue): readonly string[] => {
  if (typeof value === 'string') return secretFields.has(field) ? partsOf(field, value) : [];
  if (isJsonArray(value)) return value.flatMap((element) => secretsIn(field, element));
  if (isJsonObject(value)) return Object.entries(value).flatMap(([name, child]) => secretsIn(name, child));
  return [];
};

/**
 * Every secret of a configuration, each token of `location_tokens` by itself, for the redactor. Goes by the names of
 * fields at any depth, so that it also finds what stands in the wrong place of a configuration not yet checked.
 */
export const collectSecrets = (config: JsonObject): readonly string[] => [
  ...new Set(secretsIn('', config).filter((secret) => secret !== '' && !isMasked(secret))),
];
