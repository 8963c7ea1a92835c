import { readFileSync } from 'node:fs';
import { isJsonObject, type JsonObject } from '../../src/foundation/json.ts';
import sampleConfig from '../sample_config.json' with { type: 'json' };
import { serve } from '../simulator/serve.ts';
import { createSimulator } from '../simulator/simulator.ts';
import { addSecretSource } from '../support/known-secrets.ts';
import { textOf } from './suite-config.ts';

/** The HighLevel account that the tests read. */
export interface Account {
  /** True of the made-up one: in it no stream is empty. */
  readonly isComplete: boolean;
  /** A config by the path that the suite's configuration gives. */
  readonly configAt: (path?: string) => JsonObject;
  readonly close: () => Promise<void>;
}

/** Where Airbyte's own tool looks for what must not be in a repository. */
const SECRET_CONFIG = 'secrets/config.json';
const CONTACTS_PER_LOCATION = 24;

const parsed = (text: string): JsonObject => {
  const value: unknown = JSON.parse(text);
  if (!isJsonObject(value)) throw new TypeError('A config has to be an object.');
  return value;
};

const openOwn = (file: string): Account => ({
  isComplete: false,
  configAt: (path = SECRET_CONFIG) =>
    parsed(path === SECRET_CONFIG ? readFileSync(file, 'utf8') : textOf(path)),
  close: () => Promise.resolve(),
});

interface AccountOptions {
  /** Pages hold no more rows than this, so that there are more of them, and more checkpoints. @default the API's */
  readonly pageSize?: number;
}

/** The sample config with tokens that a simulator of the account gives out. The same rows each time, down to the last id. */
export const openMadeUpAccount = async ({ pageSize }: AccountOptions = {}): Promise<Account> => {
  const simulator = createSimulator({
    locations: sampleConfig.location_ids.map((id) => ({ id })),
    contactsPerLocation: CONTACTS_PER_LOCATION,
    knobs: { rateLimits: 'off', silentPageSize: pageSize },
  });
  addSecretSource(() => [
    simulator.app.clientSecret,
    simulator.agencyToken,
    ...simulator.world.locationIds().map(simulator.locationToken),
  ]);
  const served = await serve(simulator);
  const config = (): JsonObject => ({ ...sampleConfig, ...served.connectorConfig('oauth') });
  return {
    isComplete: true,
    configAt: (path = SECRET_CONFIG) => (path === SECRET_CONFIG ? config() : parsed(textOf(path))),
    close: served.close,
  };
};

/** The account of the environment variable ACCEPTANCE_CONFIG, or a made-up one. */
export const openAccount = (options?: AccountOptions): Promise<Account> => {
  const { ACCEPTANCE_CONFIG: file } = process.env;
  return file === undefined ? openMadeUpAccount(options) : Promise.resolve(openOwn(file));
};
