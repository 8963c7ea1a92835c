import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { isJsonObject, type JsonObject, textAt } from '../../src/foundation/json.ts';
import { checkResult, connect, type Connection, type ReadOptions } from '../support/connection.ts';
import { type HighLevel, isRefresh, startHighLevel } from '../support/highlevel.ts';
import { messagesOf } from '../support/messages-of.ts';
import type { ProcessControl } from '../support/run-connector.ts';
import { lossOf } from '../support/warehouse.ts';

const CONTACTS = { contacts: 'incremental' } as const;
const MINUTE_MS = 60_000;

let folder = '';
let path = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tokens-'));
  path = join(folder, 'tokens.json');
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const withFile = (): ReadOptions => ({ moreArguments: ['--token-file', path] });

/** Every run gets the configuration that was written by hand, as from a script. */
const unkept = (highLevel: HighLevel): (() => Connection) => {
  const config = connect(highLevel).config();
  return () => {
    const connection = connect(highLevel);
    connection.configure(config);
    return connection;
  };
};

/** A day passes: neither the grace nor the access tokens last so long. */
const passDay = (highLevel: HighLevel): void => {
  highLevel.passTime(5 * MINUTE_MS);
  highLevel.simulator.admin.expireAccessTokens();
};

test.each<[string, () => ReadOptions]>([
  ['an option', withFile],
  ['a variable', () => ({ env: { HIGHLEVEL_TOKEN_FILE: path } })],
])('a file named by %s carries the sign-in from day to day', async (_, options) => {
  const highLevel = await startHighLevel({ locations: 2 });
  const connection = unkept(highLevel);
  for (let day = 0; day < 3; day += 1) {
    passDay(highLevel);
    expect(checkResult(await connection().check(options())).status).toBe('SUCCEEDED');
    expect((await connection().discover(options())).exitCode).toBe(0);
    const run = await connection().read(CONTACTS, options());
    expect([run.exitCode, run.calls.filter(isRefresh).length]).toEqual([0, 0]);
    expect(lossOf(highLevel, 'contacts', run.records('contacts'))).toEqual([]);
  }
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual(['tokens.json']);
});

test('without a file the same sign-in ends after the first day, and the message says what to do', async () => {
  const highLevel = await startHighLevel();
  const connection = unkept(highLevel);
  passDay(highLevel);
  expect((await connection().read(CONTACTS)).exitCode).toBe(0);
  passDay(highLevel);
  const run = await connection().read(CONTACTS);
  expect(run.errors).toMatchObject([
    { failure_type: 'config_error', message: expect.stringMatching(/sign in again.*--token-file/) },
  ]);
});

test('discover offers the streams of the newest token', async () => {
  const highLevel = await startHighLevel({ scopes: ['oauth.readonly', 'oauth.write', 'contacts.readonly'] });
  const connection = unkept(highLevel);
  highLevel.simulator.admin.addScope('campaigns.readonly');
  passDay(highLevel);
  await connection().check(withFile());
  const names = (run: { readonly lines: readonly string[] }): string => run.lines.join('\n');
  expect(names(await connection().discover())).not.toContain('"name":"campaigns"');
  expect(names(await connection().discover(withFile()))).toContain('"name":"campaigns"');
});

test('a run that is killed as soon as its tokens are kept leaves a file that works', async () => {
  const highLevel = await startHighLevel({ locations: 2 });
  const connection = unkept(highLevel);
  passDay(highLevel);
  await connection().read(CONTACTS, {
    ...withFile(),
    cut: true,
    onLine: (line, _, control) => {
      if (line.startsWith('{"type":"CONTROL"')) control.kill('SIGKILL');
    },
  });
  passDay(highLevel);
  const next = await connection().read(CONTACTS, withFile());
  expect([next.exitCode, next.calls.filter(isRefresh).length]).toEqual([0, 1]);
});

describe('a run that is told to stop while HighLevel renews the tokens', () => {
  test.each([
    ['the platform keeps them', false],
    ['the file keeps them', true],
  ])('waits for them, and %s', async (_, hasFile) => {
    const highLevel = await startHighLevel({ locations: 3 });
    const connection = connect(highLevel);
    const original = connection.config();
    passDay(highLevel);
    let control: ProcessControl | undefined;
    const remove = highLevel.simulator.beforeAnswer(async (call) => {
      if (!isRefresh(call)) return;
      remove();
      control?.kill('SIGTERM');
      await delay(700);
    });
    const run = await connection.read(CONTACTS, {
      ...(hasFile && withFile()),
      cut: true,
      onStart: (started) => {
        control = started;
      },
    });
    expect(run.signal).toBe('SIGTERM');
    expect(messagesOf(run.messages, 'CONTROL')).toHaveLength(1);
    passDay(highLevel);
    if (hasFile) connection.configure(original);
    expect((await connection.read(CONTACTS, hasFile ? withFile() : {})).exitCode).toBe(0);
  });

  test.each(['check', 'read'] as const)('in the middle of a sync (%s)', async (command) => {
    const highLevel = await startHighLevel({ locations: 5 });
    const connection = connect(highLevel, { settings: { max_concurrency: 5 } });
    let control: ProcessControl | undefined;
    let mints = 0;
    const remove = highLevel.simulator.beforeAnswer(async (call) => {
      if (call.path === '/oauth/locationToken' && (mints += 1) === 1)
        highLevel.simulator.admin.expireAccessTokens(({ tokenClass }) => tokenClass === 'Company');
      if (!isRefresh(call)) return;
      remove();
      control?.kill('SIGTERM');
      await delay(700);
    });
    const onStart = (started: ProcessControl): void => {
      control = started;
    };
    const run =
      command === 'check'
        ? await connection.check({ cut: true, onStart })
        : await connection.read(CONTACTS, { cut: true, onStart });
    expect(messagesOf(run.messages, 'CONTROL')).toHaveLength(1);
    passDay(highLevel);
    expect((await connection.read(CONTACTS)).exitCode).toBe(0);
  });
});

describe('a file that cannot be used', () => {
  const cases: readonly [string, () => Promise<string>, RegExp][] = [
    ['is somebody else’s', () => writeFile(path, '{"a":1}').then(() => path), /not one of this connector/],
    ['is no JSON', () => writeFile(path, 'refresh').then(() => path), /not one of this connector/],
    ['is a folder', () => mkdir(path).then(() => path), /EISDIR/],
    ['lies in no folder', () => Promise.resolve(join(folder, 'none', 'tokens.json')), /ENOENT.*folder/],
    ['lies where nobody may write', () => Promise.resolve('/proc/tokens.json'), /cannot be written.*folder/],
  ];

  test.each(cases)('because it %s ends the run before a token is renewed', async (_, make, message) => {
    const highLevel = await startHighLevel();
    const connection = unkept(highLevel);
    passDay(highLevel);
    const file = await make();
    const before = await readFile(file, 'utf8').catch(() => undefined);
    const options: ReadOptions = { moreArguments: ['--token-file', file] };
    const run = await connection().read(CONTACTS, options);
    expect(run.errors).toMatchObject([
      { failure_type: 'config_error', message: expect.stringMatching(message) },
    ]);
    expect(checkResult(await connection().check(options))).toMatchObject({
      status: 'FAILED',
      message: expect.stringMatching(message),
    });
    expect(highLevel.simulator.calls.filter(isRefresh)).toEqual([]);
    expect(await readFile(file, 'utf8').catch(() => undefined)).toEqual(before);
    // The sign-in is as good as before.
    expect((await connection().read(CONTACTS)).exitCode).toBe(0);
  });
});

test('private tokens need no file', async () => {
  const highLevel = await startHighLevel();
  const run = await connect(highLevel, { kind: 'private' }).read(CONTACTS, withFile());
  expect(run.exitCode).toBe(0);
  expect(await readdir(folder)).toEqual([]);
});

test('two runs of one sign-in at once, and again the next day, do not lock each other out', async () => {
  const highLevel = await startHighLevel({ locations: 2 });
  const connection = unkept(highLevel);
  for (let day = 0; day < 2; day += 1) {
    passDay(highLevel);
    const runs = await Promise.all([1, 2].map(() => connection().read(CONTACTS, withFile())));
    expect(runs.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    highLevel.passTime(5 * MINUTE_MS);
  }
  expect(await readdir(folder)).toEqual(['tokens.json']);
});

test('runs of several agencies at once keep all their tokens in one file', async () => {
  const agencies = await Promise.all(['one', 'two', 'three', 'four'].map((seed) => startHighLevel({ seed })));
  const connections = agencies.map(unkept);
  for (let day = 0; day < 2; day += 1) {
    agencies.forEach(passDay);
    const runs = await Promise.all(connections.map((connection) => connection().read(CONTACTS, withFile())));
    expect(runs.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0, 0]);
  }
  const file: unknown = JSON.parse(await readFile(path, 'utf8'));
  expect(isJsonObject(file) ? file['chains'] : undefined).toHaveLength(4);
});

test('a sign-in that is done again begins anew, and the old one stays in the file', async () => {
  const highLevel = await startHighLevel();
  const old = unkept(highLevel);
  passDay(highLevel);
  await old().check(withFile());
  highLevel.simulator.admin.signInAgain();
  const anew = unkept(highLevel);
  const credentials = anew().config()['credentials'];
  passDay(highLevel);
  expect((await anew().read(CONTACTS, withFile())).exitCode).toBe(0);
  passDay(highLevel);
  expect((await anew().read(CONTACTS, withFile())).exitCode).toBe(0);
  expect((await old().read(CONTACTS, withFile())).exitCode).toBe(0);
  expect(textAt(isJsonObject(credentials) ? credentials : {}, 'refresh_token')).toBeDefined();
});

test('a config that the platform keeps may have the file added later, and fall back to an older one', async () => {
  const highLevel = await startHighLevel();
  const connection = connect(highLevel);
  const day = async (options: ReadOptions = {}): Promise<JsonObject> => {
    passDay(highLevel);
    expect((await connection.read(CONTACTS, options)).exitCode).toBe(0);
    return connection.config();
  };
  await day();
  const second = await day(withFile());
  await day(withFile());
  await day(withFile());
  // As after the restoration of a backup.
  connection.configure(second);
  await day(withFile());
});
