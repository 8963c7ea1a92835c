import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hunt, type Verdict } from './hunt.ts';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hunt-'));
});

afterAll(() => rm(folder, { recursive: true }));

const PLAYING = `console.log('{"playing":3}');`;

/** What is made of a search that does this. */
const huntBy = async (name: string, text: string): Promise<Verdict> => {
  const program = join(folder, `${name}.mjs`);
  await writeFile(program, text);
  return hunt({ program, pinned: {}, first: 1, last: 5 });
};

test('a search that reports a problem has caught the mutation', async () => {
  const verdict = await huntBy(
    'caught',
    `${PLAYING} console.log('{"caught":3,"problem":"a row is missing"}');`,
  );
  expect(verdict).toEqual({ kind: 'caught', after: 3, problem: 'a row is missing' });
});

test('a search that comes to its end without a problem has not', async () => {
  expect(await huntBy('survived', PLAYING)).toEqual({ kind: 'survived', after: 5 });
});

test('a connector that takes its process with it is caught', async () => {
  const verdict = await huntBy('dead', `${PLAYING} Promise.reject(new Error('nobody caught it'));`);
  expect(verdict).toMatchObject({ kind: 'caught', after: 3 });
});

test.each(['SIGKILL', 'SIGTERM'])('a search that is ended by %s tells nothing', async (signal) => {
  const hunted = huntBy(
    signal,
    `${PLAYING} setInterval(() => {}, 1000); process.kill(process.pid, '${signal}');`,
  );
  await expect(hunted).rejects.toThrow(`The search ended early (${signal})`);
});

test('a search that does not even begin tells nothing', async () => {
  await expect(huntBy('broken', `import 'no-such-package';`)).rejects.toThrow(
    'The search ended early (exit code 1)',
  );
});
