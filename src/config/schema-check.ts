import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../foundation/json.ts';
import type { Checked } from './checked.ts';

/** Keywords that describe Airbyte's form; naming them lets ajv find those that are misspelt. */
const FORM_KEYWORDS = [
  'airbyte_secret',
  'always_show',
  'group',
  'groups',
  'multiline',
  'order',
  'pattern_descriptor',
];

const ajv = new Ajv({
  allErrors: true,
  verbose: true,
  logger: false,
  // Of the time that a check takes, most went into compiling the schema of schemas. The tests hold ours against it.
  meta: false,
  validateSchema: false,
  // It is asked once.
  code: { optimize: false },
});
ajv.addVocabulary(FORM_KEYWORDS);
addFormats.default(ajv);

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'a text',
  integer: 'a whole number',
  array: 'a list',
  object: 'an object',
};

const inWords = (value: JsonValue | undefined): string => {
  if (isJsonArray(value)) return value.map(inWords).join(', ');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};

/** What is asked for; taken from the schema alone, because the value may be a secret. */
const demand = (keyword: string, schema: JsonObject): string => {
  const wanted = inWords(schema[keyword]);
  switch (keyword) {
    case 'type':
      return `must be ${TYPE_NAMES[wanted] ?? wanted}`;
    case 'enum':
      return `must be one of ${wanted}`;
    case 'minimum':
      return `must be at least ${wanted}`;
    case 'maximum':
      return `must be at most ${wanted}`;
    case 'format':
    case 'pattern':
      return `must be a ${inWords(schema['format'])} such as ${inWords(schema['examples'])}`;
    default:
      return 'is not valid';
  }
};

const missingField = ({ keyword, params }: ErrorObject): string | undefined => {
  const details: unknown = params;
  const missing = keyword === 'required' && isJsonObject(details) ? details['missingProperty'] : undefined;
  return typeof missing === 'string' ? missing : undefined;
};

const problemOf = (error: ErrorObject, at: string): string => {
  const schema: unknown = error.parentSchema;
  const missing = missingField(error);
  const path = [at, ...error.instancePath.split('/'), missing ?? ''].filter((part) => part !== '').join('.');
  return missing === undefined
    ? `${path} ${demand(error.keyword, isJsonObject(schema) ? schema : {})}`
    : `${path} is missing`;
};

/**
 * A check against a part of the specification, compiled when it is used first. `T` has to say what the schema says.
 * @param at where that part stands in the configuration; empty for the whole
 */
export const createSchemaCheck = <T>(schema: JsonObject, at: string): ((value: unknown) => Checked<T>) => {
  let isValid: ValidateFunction<T> | undefined;
  return (value) => {
    isValid ??= ajv.compile<T>(schema);
    if (isValid(value)) return { ok: true, value };
    const problems = (isValid.errors ?? []).map((error) => problemOf(error, at));
    // A text can break both its format and its pattern.
    return { ok: false, problems: [...new Set(problems)] };
  };
};
