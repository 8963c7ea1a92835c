import { expect, test } from '@jest/globals';
import { createMemoryFile, type MemoryFile } from './doubles/memory-file.ts';
import { createFileTokenStore } from './file-token-store.ts';
import type { TokenStore } from './token-store.ts';

const tokens = (count: number) => ({
  accessToken: `access-${String(count)}`,
  refreshToken: `refresh-${String(count)}`,
  expiresAtMs: count * 1000,
});

/** A run whose configuration has this refresh token. */
const storeOf = (file: MemoryFile, count: number, clientId = 'app-1'): TokenStore =>
  createFileTokenStore(file, { clientId, tokenUrl: undefined, refreshToken: `refresh-${String(count)}` });

const failure = (code: string): Error => Object.assign(new Error(code), { code });

test('what one run keeps, the next one finds, though its configuration is the old one', async () => {
  const file = createMemoryFile();
  expect(await storeOf(file, 1).newest()).toBeUndefined();
  expect(await storeOf(file, 1).prepare(tokens(1))).toEqual(tokens(1));
  expect(await storeOf(file, 1).keep(tokens(2))).toEqual(tokens(2));
  expect(await storeOf(file, 1).newest()).toEqual(tokens(2));
});

test('a configuration that the platform has kept finds the chain too, old or newest', async () => {
  const file = createMemoryFile();
  const first = storeOf(file, 1);
  for (const count of [2, 3, 4]) await first.keep(tokens(count));
  for (const count of [1, 2, 3, 4]) expect(await storeOf(file, count).newest()).toEqual(tokens(4));
});

test('a configuration that is ahead of the file begins a chain of its own, and both stay', async () => {
  const file = createMemoryFile();
  await storeOf(file, 1).keep(tokens(2));
  expect(await storeOf(file, 5).newest()).toBeUndefined();
  expect(await storeOf(file, 5).prepare(tokens(5))).toEqual(tokens(5));
  await storeOf(file, 5).keep(tokens(6));
  expect(await storeOf(file, 5).newest()).toEqual(tokens(6));
  expect(await storeOf(file, 1).newest()).toEqual(tokens(2));
});

test('the same refresh token of another client is another chain', async () => {
  const file = createMemoryFile();
  await storeOf(file, 1).keep(tokens(2));
  expect(await storeOf(file, 1, 'app-2').newest()).toBeUndefined();
});

test('preparing writes in any case, and undoes nothing of another run', async () => {
  const file = createMemoryFile();
  await storeOf(file, 1).keep(tokens(2));
  let writes = 0;
  file.before((operation) => void (writes += operation === 'replace' ? 1 : 0));
  expect(await storeOf(file, 1).prepare(tokens(1))).toEqual(tokens(2));
  expect(writes).toBe(1);
  expect(await storeOf(file, 1).newest()).toEqual(tokens(2));
});

test('a run that is behind does not put its tokens over newer ones', async () => {
  const file = createMemoryFile();
  const slow = storeOf(file, 1);
  const quick = storeOf(file, 1);
  await quick.keep(tokens(2));
  await quick.keep(tokens(3));
  expect(await slow.keep(tokens(2))).toEqual(tokens(3));
  expect(await slow.newest()).toEqual(tokens(3));
});

test('fifty runs of as many sign-ins keep all of theirs in one file', async () => {
  const file = createMemoryFile();
  const stores = Array.from({ length: 50 }, (_, index) => storeOf(file, 1000 * index));
  await Promise.all(stores.map((store, index) => store.keep(tokens(1000 * index + 1))));
  expect(await Promise.all(stores.map((store) => store.newest()))).toEqual(
    stores.map((_, index) => tokens(1000 * index + 1)),
  );
});

test.each(['hello', '{"refresh_token":"x"}', '{"format":"source-highlevel tokens","version":9}'])(
  'a file that is not ours is left as it is, and said to be so: %s',
  async (content) => {
    const file = createMemoryFile(content);
    const store = storeOf(file, 1);
    const expected = {
      failureType: 'config_error',
      reach: 'sync',
      message: expect.stringMatching(/token file \/tokens\/highlevel\.json .*left as it is.*--token-file/),
    };
    await expect(store.newest()).rejects.toMatchObject(expected);
    await expect(store.prepare(tokens(1))).rejects.toMatchObject(expected);
    await expect(store.keep(tokens(2))).rejects.toMatchObject({
      failureType: 'config_error',
      message: expect.stringContaining('CONTROL'),
    });
    expect(file.content()).toBe(content);
  },
);

test('a file that cannot be read or written says why, and what to do', async () => {
  const file = createMemoryFile();
  const store = storeOf(file, 1);
  file.before((operation) => {
    if (operation === 'replace') throw failure('EROFS');
  });
  await expect(store.prepare(tokens(1))).rejects.toMatchObject({
    failureType: 'config_error',
    reach: 'sync',
    message: expect.stringMatching(/EROFS.*No token was renewed.*mount the folder/),
  });
  await expect(store.keep(tokens(2))).rejects.toThrow(/EROFS.*last CONTROL line/);
  file.before(() => {
    throw failure('EACCES');
  });
  await expect(store.newest()).rejects.toMatchObject({
    failureType: 'config_error',
    message: expect.stringMatching(/cannot be read \(EACCES\)/),
  });
});

test('new tokens that cannot be written at once are written at the second attempt', async () => {
  const file = createMemoryFile();
  let attempts = 0;
  file.before((operation) => {
    if (operation === 'replace' && (attempts += 1) === 1) throw failure('EAGAIN');
  });
  await storeOf(file, 1).keep(tokens(2));
  expect(await storeOf(file, 1).newest()).toEqual(tokens(2));
});
