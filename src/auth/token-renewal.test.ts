import { expect, test } from '@jest/globals';
import { answer, type Script } from '../http/doubles/scripted-client.ts';
import { jwt } from './doubles/jwt.ts';
import { createMemoryFile, type MemoryFile } from './doubles/memory-file.ts';
import { createScriptedChain } from './doubles/scripted-chain.ts';
import { createFileTokenStore } from './file-token-store.ts';
import type { OAuthTokens } from './oauth-tokens.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const spent = answer(400, { error: 'invalid_grant' });

const accessToken = (count: number): string => jwt({ authClass: 'Company', authClassId: 'C1', count });
const tokens = (count: number, expiresAtMs = DAY_MS): OAuthTokens => ({
  accessToken: accessToken(count),
  refreshToken: `refresh-${String(count)}`,
  expiresAtMs,
});
const tokenAnswer = (count: number) =>
  answer(200, {
    access_token: accessToken(count),
    refresh_token: `refresh-${String(count)}`,
    expires_in: 86_399,
  });

/** A process whose configuration has `refresh-1`. */
const start = (file: MemoryFile, script: Script, initial: OAuthTokens = tokens(1, 0)) => {
  const key = { clientId: 'app-1', tokenUrl: undefined, refreshToken: 'refresh-1' };
  const store = createFileTokenStore(file, key);
  return { ...createScriptedChain({ script, initial, store }), store };
};

test('new tokens are in the file before they are told, and told before they are used', async () => {
  const file = createMemoryFile();
  const { chain, events } = start(file, [tokenAnswer(2)]);
  file.before((operation) => void events.push(operation));
  expect(await chain.token()).toBe(accessToken(2));
  const kept = events.filter((event) => !event.startsWith('secret'));
  expect(kept).toEqual(['read', 'replace', 'read', 'replace', `kept ${accessToken(2)} refresh-2`]);
  expect(file.content()).toContain('refresh-2');
});

test('nothing is sent if what comes back could not be kept', async () => {
  const file = createMemoryFile();
  const { chain, client } = start(file, [tokenAnswer(2)]);
  file.before((operation) => {
    if (operation === 'replace') throw Object.assign(new Error('no'), { code: 'EACCES' });
  });
  await expect(chain.token()).rejects.toMatchObject({ failureType: 'config_error', reach: 'sync' });
  expect(client.sent).toEqual([]);
});

test('a file that fails after the refresh does not keep the tokens from being told, and they are not used', async () => {
  const file = createMemoryFile();
  const { chain, events, client } = start(file, [tokenAnswer(2)]);
  file.before((operation) => {
    if (operation === 'replace' && client.sent.length > 0)
      throw Object.assign(new Error('no'), { code: 'ENOSPC' });
  });
  await expect(chain.token()).rejects.toThrow(/ENOSPC/);
  expect(events).toContain(`kept ${accessToken(2)} refresh-2`);
});

test('tokens that another run has kept meanwhile are used without asking HighLevel', async () => {
  const file = createMemoryFile();
  const { chain, client, store, events, log } = start(file, [spent]);
  await store.keep(tokens(2));
  expect(await Promise.all([chain.token(), chain.token()])).toEqual([accessToken(2), accessToken(2)]);
  expect(client.sent).toEqual([]);
  expect(events).toContain(`kept ${accessToken(2)} refresh-2`);
  expect(log.lines).toEqual([
    expect.stringMatching(/^info: Another run .* [0-9a-f]{8} became [0-9a-f]{8}\.$/),
  ]);
  expect(await chain.identity()).toMatchObject({ companyId: 'C1' });
});

test('tokens of another run that have expired are renewed in their turn', async () => {
  const file = createMemoryFile();
  const { chain, client, store } = start(file, [tokenAnswer(4)]);
  await store.keep(tokens(2));
  await store.keep(tokens(3, 0));
  expect(await chain.token()).toBe(accessToken(4));
  expect(client.sent).toMatchObject([{ body: { value: { refresh_token: 'refresh-3' } } }]);
});

test('after invalid_grant the tokens that another run kept in that moment are adopted', async () => {
  const file = createMemoryFile();
  const { chain, client, store } = start(file, async () => {
    await store.keep(tokens(2));
    return spent;
  });
  expect(await chain.token()).toBe(accessToken(2));
  expect(client.sent).toHaveLength(1);
});

test('after invalid_grant without newer tokens in the file a person is asked to sign in', async () => {
  const { chain, client } = start(createMemoryFile(), [spent]);
  await expect(chain.renew(accessToken(1))).rejects.toMatchObject({
    failureType: 'config_error',
    message: expect.stringMatching(/sign in again.*--token-file/),
  });
  expect(client.sent).toHaveLength(1);
});

test('a run that went on with its old token after invalid_grant adopts tokens that come later', async () => {
  const { chain, store } = start(createMemoryFile(), [spent]);
  expect(await chain.token()).toBe(accessToken(1));
  await store.keep(tokens(2));
  expect(await chain.renew(accessToken(1))).toBe(true);
  expect(await chain.token()).toBe(accessToken(2));
});

test('tokens of another run that HighLevel refuses as well are renewed, once', async () => {
  const { chain, client, store } = start(createMemoryFile(), [tokenAnswer(3)], tokens(1));
  await store.keep(tokens(2));
  expect(await chain.renew(accessToken(1))).toBe(true);
  expect(await chain.renew(accessToken(2))).toBe(true);
  expect(await chain.token()).toBe(accessToken(3));
  await expect(chain.renew(accessToken(3))).rejects.toMatchObject({ failureType: 'config_error' });
  expect(client.sent).toHaveLength(1);
});

test('an answer that another run has left behind is not put over newer tokens, which are used', async () => {
  const file = createMemoryFile();
  const { chain, store, events } = start(file, async () => {
    await store.keep(tokens(2));
    await store.keep(tokens(3));
    return tokenAnswer(2);
  });
  expect(await chain.token()).toBe(accessToken(3));
  expect(await store.newest()).toEqual(tokens(3));
  expect(events.at(-1)).toBe(`kept ${accessToken(3)} refresh-3`);
});

test('a broker that keeps its refresh token has its access token kept', async () => {
  const file = createMemoryFile();
  const { chain, store } = start(file, [
    answer(200, { access_token: accessToken(2), refresh_token: 'refresh-1', expires_in: 60 }),
  ]);
  await chain.token();
  expect(await store.newest()).toMatchObject({ accessToken: accessToken(2), refreshToken: 'refresh-1' });
});

test('a new token that is refused at once is replaced by one that another run has kept since', async () => {
  const { chain, client, store } = start(createMemoryFile(), [tokenAnswer(2)], tokens(1));
  await chain.renew(accessToken(1));
  await store.keep(tokens(3));
  const renewals = Array.from({ length: 50 }, () => chain.renew(accessToken(2)));
  expect(new Set(await Promise.all(renewals))).toEqual(new Set([true]));
  expect(await chain.token()).toBe(accessToken(3));
  await expect(chain.renew(accessToken(3))).rejects.toMatchObject({ failureType: 'config_error' });
  expect(client.sent).toHaveLength(1);
});
