import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import {
  argumentsFor,
  comeBack,
  consentAt,
  goThrough,
  loginFolder,
  occupy,
  portOf,
  signIn,
  startLogin,
  written,
} from '../support/login-setting.ts';
import { runLogin } from '../support/run-login.ts';

describe('a sign-in that goes wrong says why, and writes nothing', () => {
  const expectNothingWritten = async (): Promise<void> => {
    expect(await readdir(loginFolder())).toEqual([]);
  };

  test('the consent is denied', async () => {
    const setting = await startLogin();
    setting.highLevel.simulator.knobs.consent = 'deny';
    const run = await signIn(setting, ['--out', 'config.json']);
    expect(run).toMatchObject({ exitCode: 1, stdout: '' });
    expect(run.stderr).toContain('Error: No access was given: the consent was denied');
    await expectNothingWritten();
  });

  test('the client secret is wrong', async () => {
    const setting = await startLogin();
    const run = await runLogin([...argumentsFor(setting), '--out', 'config.json'], {
      folder: loginFolder(),
      env: { HIGHLEVEL_CLIENT_SECRET: '00000000-0000-4000-8000-000000000000' },
      onConsent: goThrough(setting),
    });
    expect(run).toMatchObject({ exitCode: 1, stdout: '' });
    expect(run.stderr).toContain('does not accept the client ID and the client secret');
    await expectNothingWritten();
  });

  test('the code has been used', async () => {
    const setting = { ...(await startLogin()), redirectUri: 'https://example.com/back' };
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
    const setting = await startLogin();
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
    const setting = await startLogin({ knobs: { consent: 'location' } });
    setting.highLevel.simulator.knobs.redirectUris = [setting.redirectUri];
    const run = await signIn(setting, ['--out', 'config.json', '--user-type', 'Company']);
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toContain('One sub-account was chosen, and not the agency');
    await expectNothingWritten();
  });

  test('the port is in use', async () => {
    const other = await occupy();
    const setting = { ...(await startLogin()), redirectUri: `http://127.0.0.1:${portOf(other)}` };
    const run = await signIn(setting, ['--out', 'config.json']);
    await new Promise((resolve) => other.close(resolve));
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toContain('another program uses it');
    expect(run.stderr).toContain('--paste');
    expect(run.stderr).not.toContain('https://');
    await expectNothingWritten();
  });

  test('nobody is there to paste', async () => {
    const setting = await startLogin();
    const run = await signIn(setting, ['--paste'], (_, { closeInput }) => {
      closeInput();
    });
    expect(run).toMatchObject({ exitCode: 1, stdout: '' });
    expect(run.stderr).toContain('There is no terminal to paste the code into');
  });

  test('nobody is there to ask for the client secret', async () => {
    const setting = await startLogin();
    const run = await runLogin(argumentsFor(setting), { folder: loginFolder() });
    expect(run).toMatchObject({ exitCode: 1, stdout: '' });
    expect(run.stderr).toContain('HIGHLEVEL_CLIENT_SECRET');
  });

  test('a file that is there already is left as it is, before anybody is asked', async () => {
    const setting = await startLogin();
    await writeFile(join(loginFolder(), 'config.json'), '{"mine":1}');
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
    const run = await signIn(await startLogin(), ['--out', 'no/such/config.json']);
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toContain('no/such/config.json cannot be written (ENOENT)');
    expect(run.stderr).not.toContain('https://');
  });

  test('Ctrl-C ends it, and nothing is written', async () => {
    const run = await signIn(await startLogin(), ['--out', 'config.json'], (_, { kill }) => {
      kill('SIGINT');
    });
    expect(run).toMatchObject({ signal: 'SIGINT', stdout: '' });
    await expectNothingWritten();
  });

  test('a client secret as an argument is refused and not repeated', async () => {
    const setting = await startLogin();
    const { clientSecret } = setting.highLevel.simulator.app;
    const run = await runLogin([...argumentsFor(setting), '--client-secret', clientSecret], {
      folder: loginFolder(),
    });
    expect(run).toMatchObject({ exitCode: 1, stdout: '' });
    expect(run.stderr).toContain('--client-secret is not taken');
  });
});
