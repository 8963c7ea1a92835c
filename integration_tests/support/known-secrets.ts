import { isJsonObject } from '../../src/foundation/json.ts';

/** Settings inside `credentials` that are no secrets. */
const PUBLIC = new Set(['auth_type', 'client_id', 'token_expiry_date', 'token_url']);

const textsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return value.split(/[\s=:,]+/);
  return isJsonObject(value) ? Object.values(value).flatMap(textsIn) : [];
};

/** Every secret of a config; location ids beside private tokens are none. */
export const secretsOfConfig = (config: unknown): readonly string[] => {
  const credentials = isJsonObject(config) ? config['credentials'] : undefined;
  return Object.entries(isJsonObject(credentials) ? credentials : {})
    .filter(([name]) => !PUBLIC.has(name))
    .flatMap(([name, value]) => {
      const texts = textsIn(value);
      return name === 'location_tokens' ? texts.filter((text) => text.startsWith('pit-')) : texts;
    });
};

const sources: (() => readonly string[])[] = [];

/** Names a source of secrets, which is asked after each run: services give out new ones meanwhile. */
export const addSecretSource = (secrets: () => readonly string[]): void => void sources.push(secrets);

/** What the services of this test file have given out so far. */
export const knownSecrets = (): readonly string[] => sources.flatMap((secrets) => secrets());
