import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { isJsonObject, type JsonObject } from '../../src/foundation/json.ts';
import type { SimulatorOptions } from '../simulator/options.ts';
import { type HighLevel, startHighLevel } from '../support/highlevel.ts';
import { messagesOf, parseMessages } from '../support/messages-of.ts';
import { runConnector } from '../support/run-connector.ts';
import { type LoginControl, type LoginRun, runLogin, visit } from '../support/run-login.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'login-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const portOf = (server: Server): number => {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
};

const occupy = async (): Promise<Server> => {
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

interface Setting {
  readonly highLevel: HighLevel;
  readonly redirectUri: string;
}

const start = async (options: SimulatorOptions = {}): Promise<Setting> => {
  const redirectUri = `http://localhost:${await freePort()}/back`;
  const highLevel = await startHighLevel({
    locations: 3,
    ...options,
    knobs: { redirectUris: [redirectUri, 'https://example.com/back'], ...options.knobs },
  });
  return { highLevel, redirectUri };
};

/** Gives the address that the consent page sends the browser to. */
const consentAt = async ({ highLevel }: Setting, url: URL): Promise<string> => {
  const { location, body } = await visit(`${highLevel.served.url}${url.pathname}${url.search}`);
  if (location === undefined) throw new Error(`The consent page says: ${body}`);
  return location;
};

/** `localhost` may be either of two addresses, of which both are listened at. */
const comeBack = async (address: string) => visit(address.replace('localhost', '127.0.0.1'));

const goThrough =
  (setting: Setting) =>
  async (url: URL): Promise<void> => {
    await comeBack(await consentAt(setting, url));
  };

const argumentsFor = ({ highLevel, redirectUri }: Setting): readonly string[] => [
  ...['--client-id', highLevel.simulator.app.clientId],
  ...['--redirect-uri', redirectUri],
  ...['--api-url', highLevel.served.url],
];

const secretOf = ({ highLevel }: Setting) => ({
  HIGHLEVEL_CLIENT_SECRET: highLevel.simulator.app.clientSecret,
});

const signIn = async (
  setting: Setting,
  more: readonly string[] = [],
  onConsent: (url: URL, control: LoginControl) => void | Promise<void> = goThrough(setting),
): Promise<LoginRun> =>
  runLogin([...argumentsFor(setting), ...more], { folder, env: secretOf(setting), onConsent });

const written = async (name = 'config.json'): Promise<JsonObject> => {
  const json: unknown = JSON.parse(await readFile(join(folder, name), 'utf8'));
  return isJsonObject(json) ? json : {};
};

const checkWith = async (config: JsonObject) => {
  const { lines } = await runConnector('check', { config: { json: config } });
  return messagesOf(parseMessages(lines), 'CONNECTION_STATUS').map(
    ({ connectionStatus }) => connectionStatus,
  );
};

describe('a sign-in that goes well', () => {
  test('the browser comes back by itself, and check runs with what was written', async () => {
    const setting = await start();
    const run = await signIn(setting, ['--out', 'config.json']);
    expect(run).toMatchObject({ exitCode: 0, stdout: '' });
    expect(run.stderr).toContain('the app is installed in 3 sub-accounts');
    expect(run.stderr).toContain('Next: source-highlevel check --config config.json');
    expect(run.stderr).not.toContain('Scopes that were not given');
    expect((await stat(join(folder, 'config.json'))).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['config.json']);
    expect(await checkWith(await written())).toEqual([{ status: 'SUCCEEDED' }]);
  });

  test('the address is pasted where the browser cannot come back, and the configuration printed', async () => {
    const setting = { ...(await start()), redirectUri: 'https://example.com/back' };
    const run = await signIn(setting, [], async (url, { type }) => {
      type('');
      type(url.href);
      type(await consentAt(setting, url));
    });
    expect(run.exitCode).toBe(0);
    const config: unknown = JSON.parse(run.stdout);
    expect(await checkWith(isJsonObject(config) ? config : {})).toEqual([{ status: 'SUCCEEDED' }]);
  });

  test('the code alone may be pasted, also while the browser is waited for', async () => {
    const setting = await start({ knobs: { echoesState: false } });
    const run = await signIn(setting, ['--out', 'config.json'], async (url, control) => {
      const back = await consentAt(setting, url);
      expect(await comeBack(back)).toMatchObject({ status: 400 });
      await control.said('does not belong to this sign-in');
      control.type(new URL(back).searchParams.get('code') ?? '');
    });
    expect(run.exitCode).toBe(0);
  });

  test('a sign-in anew keeps the settings and the secret, and replaces the tokens', async () => {
    const setting = await start();
    const old: JsonObject = {
      ...setting.highLevel.served.connectorConfig('oauth'),
      lookback_window_minutes: 7,
    };
    await writeFile(join(folder, 'config.json'), JSON.stringify(old));
    const run = await runLogin(
      ['--config', 'config.json', '--out', './config.json', '--redirect-uri', setting.redirectUri],
      { folder, onConsent: goThrough(setting) },
    );
    expect(run).toMatchObject({ exitCode: 0, stdout: '' });
    const config = await written();
    expect(config).toMatchObject({ lookback_window_minutes: 7, api_url: setting.highLevel.served.url });
    expect(config['credentials']).not.toEqual(old['credentials']);
    expect(await checkWith(config)).toEqual([{ status: 'SUCCEEDED' }]);
  });

  test('one sub-account is a sign-in too, and how to get all is said', async () => {
    const setting = await start({ knobs: { consent: 'location' } });
    setting.highLevel.simulator.knobs.redirectUris = [setting.redirectUri];
    const run = await signIn(setting, ['--out', 'config.json']);
    expect(run.exitCode).toBe(0);
    expect(run.stderr).toMatch(/Signed in to one sub-account, \w+\. If you want all/);
    expect(await checkWith(await written())).toEqual([{ status: 'SUCCEEDED' }]);
  });

  test('scopes that were not given are named with their streams', async () => {
    const setting = await start({ scopes: ['contacts.readonly', 'oauth.readonly', 'oauth.write'] });
    Object.assign(setting.highLevel.simulator.knobs, { unknownScopes: 'drop' });
    const run = await signIn(setting, [
      ...['--out', 'config.json'],
      ...['--scopes', 'contacts.readonly campaigns.readonly oauth.readonly oauth.write'],
    ]);
    expect(run.exitCode).toBe(0);
    expect(run.stderr).toContain('left out without them: campaigns.readonly (campaigns).');
  });
});

describe('a sign-in that goes wrong says why, and writes nothing', () => {
  const expectNothingWritten = async (): Promise<void> => {
    expect(await readdir(folder)).toEqual([]);
  };

  test('the consent is denied', async () => {
    const setting = await start();
    setting.highLevel.simulator.knobs.consent = 'deny';
    const run = await signIn(setting, ['--out', 'config.json']);
    expect(run).toMatchObject({ exitCode: 1, stdout: '' });
    expect(run.stderr).toContain('Error: No access was given: the consent was denied');
    await expectNothingWritten();
  });

  test('the client secret is wrong', async () => {
    const setting = await start();
    const run = await runLogin([...argumentsFor(setting), '--out', 'config.json'], {
      folder,
      env: { HIGHLEVEL_CLIENT_SECRET: '00000000-0000-4000-8000-000000000000' },
      onConsent: goThrough(setting),
    });
    expect(run).toMatchObject({ exitCode: 1, stdout: '' });
    expect(run.stderr).toContain('does not accept the client ID and the client secret');
    await expectNothingWritten();
  });

  test('the code has been used', async () => {
    const setting = { ...(await start()), redirectUri: 'https://example.com/back' };
    const { app } = setting.highLevel.simulator;
    const run = await signIn(setting, ['--out', 'config.json'], async (url, { type }) => {
      const back = await consentAt(setting, url);
      await setting.highLevel.simulator.handle(
        new Request('https://services.leadconnectorhq.com/oauth/token', {
          method: 'POST',
          headers: { 'user-agent': 'somebody else', 'content-type': 'application/x-www-form-urlencoded' },
          body: new URLSearchParams({
            ...{ client_id: app.clientId, client_secret: app.clientSecret, grant_type: 'authorization_code' },
            code: new URL(back).searchParams.get('code') ?? '',
          }).toString(),
        }),
      );
      type(back);
    });
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toContain('does not know the code ("Authorization code not found")');
    await expectNothingWritten();
  });

  test('what comes back with another state is not taken, and the right one still is', async () => {
    const setting = await start();
    const run = await signIn(setting, ['--out', 'config.json'], async (url, { said }) => {
      const foreign = await comeBack(`${setting.redirectUri}?code=0123456789abcdef&state=another`);
      expect(foreign.status).toBe(400);
      expect(foreign.body).not.toContain('0123456789abcdef');
      await said('does not belong to this sign-in');
      await comeBack(await consentAt(setting, url));
    });
    expect(run.exitCode).toBe(0);
    const exchanges = setting.highLevel.simulator.calls.filter(({ path }) => path === '/oauth/token');
    expect(exchanges).toHaveLength(1);
  });

  test('one sub-account was chosen where the agency was asked for', async () => {
    const setting = await start({ knobs: { consent: 'location' } });
    setting.highLevel.simulator.knobs.redirectUris = [setting.redirectUri];
    const run = await signIn(setting, ['--out', 'config.json', '--user-type', 'Company']);
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toContain('One sub-account was chosen, and not the agency');
    await expectNothingWritten();
  });

  test('the port is in use', async () => {
    const other = await occupy();
    const setting = { ...(await start()), redirectUri: `http://127.0.0.1:${portOf(other)}` };
    const run = await signIn(setting, ['--out', 'config.json']);
    await new Promise((resolve) => other.close(resolve));
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toContain('another program uses it');
    expect(run.stderr).toContain('--paste');
    expect(run.stderr).not.toContain('https://');
    await expectNothingWritten();
  });

  test('nobody is there to paste', async () => {
    const setting = await start();
    const run = await signIn(setting, ['--paste'], (_, { closeInput }) => {
      closeInput();
    });
    expect(run).toMatchObject({ exitCode: 1, stdout: '' });
    expect(run.stderr).toContain('There is no terminal to paste the code into');
  });

  test('nobody is there to ask for the client secret', async () => {
    const setting = await start();
    const run = await runLogin(argumentsFor(setting), { folder });
    expect(run).toMatchObject({ exitCode: 1, stdout: '' });
    expect(run.stderr).toContain('HIGHLEVEL_CLIENT_SECRET');
  });

  test('a file that is there already is left as it is, before anybody is asked', async () => {
    const setting = await start();
    await writeFile(join(folder, 'config.json'), '{"mine":1}');
    const run = await signIn(setting, ['--out', 'config.json']);
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toContain('config.json exists already');
    expect(run.stderr).not.toContain('https://');
    expect(await written()).toEqual({ mine: 1 });
    const forced = await signIn(setting, ['--out', 'config.json', '--force']);
    expect(forced.exitCode).toBe(0);
    expect(await written()).toHaveProperty('credentials');
  });

  test('a folder that is not there is told before anybody is asked', async () => {
    const run = await signIn(await start(), ['--out', 'no/such/config.json']);
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toContain('no/such/config.json cannot be written (ENOENT)');
    expect(run.stderr).not.toContain('https://');
  });

  test('Ctrl-C ends it, and nothing is written', async () => {
    const run = await signIn(await start(), ['--out', 'config.json'], (_, { kill }) => {
      kill('SIGINT');
    });
    expect(run).toMatchObject({ signal: 'SIGINT', stdout: '' });
    await expectNothingWritten();
  });

  test('a client secret as an argument is refused and not repeated', async () => {
    const setting = await start();
    const { clientSecret } = setting.highLevel.simulator.app;
    const run = await runLogin([...argumentsFor(setting), '--client-secret', clientSecret], { folder });
    expect(run).toMatchObject({ exitCode: 1, stdout: '' });
    expect(run.stderr).toContain('--client-secret is not taken');
  });
});
