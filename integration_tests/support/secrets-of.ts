import { isJsonObject, type JsonObject } from '../../src/foundation/json.ts';

const textsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return value.split(/[\s=:,]+/);
  return isJsonObject(value) ? Object.values(value).flatMap(textsIn) : [];
};

const PUBLIC = new Set(['auth_type', 'client_id', 'token_expiry_date', 'token_url']);

/** Every secret of a config; location ids beside private tokens are none. */
export const secretsOf = ({ credentials }: JsonObject): readonly string[] =>
  Object.entries(isJsonObject(credentials) ? credentials : {})
    .filter(([name]) => !PUBLIC.has(name))
    .flatMap(([name, value]) => {
      const texts = textsIn(value);
      return name === 'location_tokens' ? texts.filter((text) => text.startsWith('pit-')) : texts;
    });
