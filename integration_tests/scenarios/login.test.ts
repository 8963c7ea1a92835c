import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { isJsonObject, type JsonObject } from '../../src/foundation/json.ts';
import {
  comeBack,
  consentAt,
  goThrough,
  loginFolder,
  signIn,
  startLogin,
  written,
} from '../support/login-setting.ts';
import { messagesOf, parseMessages } from '../support/messages-of.ts';
import { runConnector } from '../support/run-connector.ts';
import { runLogin } from '../support/run-login.ts';

const checkWith = async (config: JsonObject) => {
  const { lines } = await runConnector('check', { config: { json: config } });
  return messagesOf(parseMessages(lines), 'CONNECTION_STATUS').map(
    ({ connectionStatus }) => connectionStatus,
  );
};

describe('a sign-in that goes well', () => {
  test('the browser comes back by itself, and check runs with what was written', async () => {
    const setting = await startLogin();
    const run = await signIn(setting, ['--out', 'config.json']);
    expect(run).toMatchObject({ exitCode: 0, stdout: '' });
    expect(run.stderr).toContain('the app is installed in 3 sub-accounts');
    expect(run.stderr).toContain('Next: source-highlevel check --config config.json');
    expect(run.stderr).not.toContain('Scopes that were not given');
    expect((await stat(join(loginFolder(), 'config.json'))).mode & 0o777).toBe(0o600);
    expect(await readdir(loginFolder())).toEqual(['config.json']);
    expect(await checkWith(await written())).toEqual([{ status: 'SUCCEEDED' }]);
  });

  test('the address is pasted where the browser cannot come back, and the configuration printed', async () => {
    const setting = { ...(await startLogin()), redirectUri: 'https://example.com/back' };
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
    const setting = await startLogin({ knobs: { echoesState: false } });
    const run = await signIn(setting, ['--out', 'config.json'], async (url, control) => {
      const back = await consentAt(setting, url);
      expect(await comeBack(back)).toMatchObject({ status: 400 });
      await control.said('does not belong to this sign-in');
      control.type(new URL(back).searchParams.get('code') ?? '');
    });
    expect(run.exitCode).toBe(0);
  });

  test('a sign-in anew keeps the settings and the secret, and replaces the tokens', async () => {
    const setting = await startLogin();
    const old: JsonObject = {
      ...setting.highLevel.served.connectorConfig('oauth'),
      lookback_window_minutes: 7,
    };
    await writeFile(join(loginFolder(), 'config.json'), JSON.stringify(old));
    const run = await runLogin(
      ['--config', 'config.json', '--out', './config.json', '--redirect-uri', setting.redirectUri],
      { folder: loginFolder(), onConsent: goThrough(setting) },
    );
    expect(run).toMatchObject({ exitCode: 0, stdout: '' });
    const config = await written();
    expect(config).toMatchObject({ lookback_window_minutes: 7, api_url: setting.highLevel.served.url });
    expect(config['credentials']).not.toEqual(old['credentials']);
    expect(await checkWith(config)).toEqual([{ status: 'SUCCEEDED' }]);
  });

  test('one sub-account is a sign-in too, and how to get all is said', async () => {
    const setting = await startLogin({ knobs: { consent: 'location' } });
    setting.highLevel.simulator.knobs.redirectUris = [setting.redirectUri];
    const run = await signIn(setting, ['--out', 'config.json']);
    expect(run.exitCode).toBe(0);
    expect(run.stderr).toMatch(/Signed in to one sub-account, \w+\. If you want all/);
    expect(await checkWith(await written())).toEqual([{ status: 'SUCCEEDED' }]);
  });

  test('scopes that were not given are named with their streams', async () => {
    const setting = await startLogin({ scopes: ['contacts.readonly', 'oauth.readonly', 'oauth.write'] });
    Object.assign(setting.highLevel.simulator.knobs, { unknownScopes: 'drop' });
    const run = await signIn(setting, [
      ...['--out', 'config.json'],
      ...['--scopes', 'contacts.readonly campaigns.readonly oauth.readonly oauth.write'],
    ]);
    expect(run.exitCode).toBe(0);
    expect(run.stderr).toContain('left out without them: campaigns.readonly (campaigns).');
  });
});
