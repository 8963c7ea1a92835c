import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from '@jest/globals';
import { isJsonObject, type JsonObject } from '../../src/foundation/json.ts';
import type { SimulatorOptions } from '../simulator/options.ts';
import { type HighLevel, startHighLevel } from './highlevel.ts';
import { type LoginControl, type LoginRun, runLogin, visit } from './run-login.ts';

let folder = '';

/** Where the test's login runs. */
export const loginFolder = (): string => folder;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'login-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

export const portOf = (server: Server): number => {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
};

/** A server of somebody else's. */
export const occupy = async (): Promise<Server> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
};

const freePort = async (): Promise<number> => {
  const server = await occupy();
  const port = portOf(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
};

export interface LoginSetting {
  readonly highLevel: HighLevel;
  readonly redirectUri: string;
}

/** A HighLevel whose app has a redirect URI of this machine. */
export const startLogin = async (options: SimulatorOptions = {}): Promise<LoginSetting> => {
  const redirectUri = `http://localhost:${await freePort()}/back`;
  const highLevel = await startHighLevel({
    locations: 3,
    ...options,
    knobs: { redirectUris: [redirectUri, 'https://example.com/back'], ...options.knobs },
  });
  return { highLevel, redirectUri };
};

/** Gives the address that the consent page sends the browser to. */
export const consentAt = async ({ highLevel }: LoginSetting, url: URL): Promise<string> => {
  const { location, body } = await visit(`${highLevel.served.url}${url.pathname}${url.search}`);
  if (location === undefined) throw new Error(`The consent page says: ${body}`);
  return location;
};

/** `localhost` may be either of two addresses, of which both are listened at. */
export const comeBack = async (address: string): ReturnType<typeof visit> =>
  visit(address.replace('localhost', '127.0.0.1'));

/** A person who gives access, and a browser that comes back. */
export const goThrough =
  (setting: LoginSetting): ((url: URL) => Promise<void>) =>
  async (url) => {
    await comeBack(await consentAt(setting, url));
  };

export const argumentsFor = ({ highLevel, redirectUri }: LoginSetting): readonly string[] => [
  ...['--client-id', highLevel.simulator.app.clientId],
  ...['--redirect-uri', redirectUri],
  ...['--api-url', highLevel.served.url],
];

const secretOf = ({ highLevel }: LoginSetting) => ({
  HIGHLEVEL_CLIENT_SECRET: highLevel.simulator.app.clientSecret,
});

export const signIn = async (
  setting: LoginSetting,
  more: readonly string[] = [],
  onConsent: (url: URL, control: LoginControl) => void | Promise<void> = goThrough(setting),
): Promise<LoginRun> =>
  runLogin([...argumentsFor(setting), ...more], { folder, env: secretOf(setting), onConsent });

/** The configuration that login has written. */
export const written = async (name = 'config.json'): Promise<JsonObject> => {
  const json: unknown = JSON.parse(await readFile(join(folder, name), 'utf8'));
  return isJsonObject(json) ? json : {};
};
