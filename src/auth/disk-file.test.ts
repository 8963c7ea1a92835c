import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Runtime } from '../foundation/runtime.ts';
import { createVirtualRuntime } from '../http/doubles/virtual-runtime.ts';
import { createDiskFile } from './disk-file.ts';

let folder = '';
let path = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tokens-'));
  path = join(folder, 'tokens.json');
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const nameOf = (seed: number) => () => (seed % 97) / 97;
const runtimeOf = (seed: number) => createVirtualRuntime(0, nameOf(seed));
const fileOf = (seed = 1) => createDiskFile(path, runtimeOf(seed));
/** Waits, but nothing takes long by its clock, as slow as the disk may be. */
const patient = (seed: number): Runtime => ({
  now: () => 0,
  random: nameOf(seed),
  sleep: async () => {
    await stat(folder);
  },
});
/** Its clock goes with the disk: while it waits, others get on with their work. */
const busy = (seed: number): Runtime => {
  let nowMs = 0;
  return {
    now: () => nowMs,
    random: nameOf(seed),
    sleep: async (milliseconds) => {
      for (let tick = 0; tick < milliseconds; tick += 10) await stat(folder);
      nowMs += milliseconds;
    },
  };
};

test('a file that is not there has no content, and is made for its owner alone', async () => {
  const file = fileOf();
  expect(await file.read()).toBeUndefined();
  await file.exclusively((replace) => replace('one'));
  expect(await file.read()).toBe('one');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual(['tokens.json']);
});

test('a file that others may read is not readable for them any longer', async () => {
  await writeFile(path, 'old');
  await chmod(path, 0o644);
  await fileOf().exclusively((replace) => replace('new'));
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('a link stays one, and its target is replaced', async () => {
  const target = join(folder, 'real.json');
  await writeFile(target, 'old');
  await symlink(target, path);
  await fileOf().exclusively((replace) => replace('new'));
  expect(await readFile(target, 'utf8')).toBe('new');
  expect(await fileOf().read()).toBe('new');
});

test('a folder is not made, and what stands in the way is told by its code', async () => {
  const missing = createDiskFile(join(folder, 'none', 'tokens.json'), runtimeOf(1));
  expect(await missing.read()).toBeUndefined();
  await expect(missing.exclusively((replace) => replace('x'))).rejects.toMatchObject({ code: 'ENOENT' });
  await mkdir(path);
  await expect(fileOf().read()).rejects.toMatchObject({ code: 'EISDIR' });
  await expect(fileOf().exclusively((replace) => replace('x'))).rejects.toHaveProperty('code');
  expect(await readdir(folder)).toEqual(['tokens.json']);
});

test('work of many processes is done one after the other', async () => {
  await writeFile(path, '0');
  await Promise.all(
    Array.from({ length: 20 }, (_, index) => {
      const file = createDiskFile(path, patient(index + 1));
      return file.exclusively(async (replace) => {
        await replace(String(Number(await file.read()) + 1));
      });
    }),
  );
  expect(await fileOf().read()).toBe('20');
  expect(await readdir(folder)).toEqual(['tokens.json']);
});

test('work that fails leaves the way free', async () => {
  const failing = fileOf(1).exclusively(() => Promise.reject(new Error('no')));
  await expect(failing).rejects.toThrow('no');
  await fileOf(2).exclusively((replace) => replace('new'));
  expect(await fileOf().read()).toBe('new');
});

test('who waits for a process that died takes over after some seconds, and clears up behind it', async () => {
  await writeFile(`${path}.lock`, 'dead');
  await writeFile(`${path}.dead.tmp`, 'half of the to');
  const runtime = runtimeOf(2);
  await createDiskFile(path, runtime).exclusively((replace) => replace('new'));
  expect(runtime.now()).toBeGreaterThanOrEqual(10_000);
  // Before HighLevel ceases to repeat its answer to the dead one.
  expect(runtime.now()).toBeLessThan(15_000);
  expect(await readdir(folder)).toEqual(['tokens.json']);
});

test('two that wait for the same dead process do not run at once', async () => {
  await writeFile(`${path}.lock`, 'dead');
  let running = 0;
  let most = 0;
  const work = async (): Promise<void> => {
    running += 1;
    most = Math.max(most, running);
    for (let tick = 0; tick < 20; tick += 1) await stat(folder);
    running -= 1;
  };
  await Promise.all([1, 2, 3, 4].map((seed) => createDiskFile(path, busy(seed)).exclusively(work)));
  expect(most).toBe(1);
  expect(await readdir(folder)).toEqual([]);
});

test('who was taken for dead changes nothing any more', async () => {
  const slow = fileOf(1).exclusively(async (replace) => {
    await fileOf(2).exclusively((replaceMeanwhile) => replaceMeanwhile('of the other'));
    await replace('of the slow one');
  });
  await expect(slow).rejects.toMatchObject({ code: 'EAGAIN' });
  expect(await fileOf().read()).toBe('of the other');
  expect(await readdir(folder)).toEqual(['tokens.json']);
});
