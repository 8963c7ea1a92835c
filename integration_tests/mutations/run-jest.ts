import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Verdict } from './hunt.ts';
import { jestVerdict } from './jest-verdict.ts';
import type { Edit } from './mutation.ts';

const ROOT = join(import.meta.dirname, '../..');
const JEST = join(ROOT, 'node_modules/jest/bin/jest.js');
const CONFIG = join(ROOT, 'scripts/mutating-jest.config.js');
const OPTIONS = ['--config', CONFIG, '--ci', '--runInBand', '--json'];

/** Much longer than the tests of any folder take on a busy machine: a mutation may make a test go on and on. */
const STANDSTILL_MS = 300_000;

/** @returns false when it had to be ended, because it did not come to its end */
const run = (edits: readonly Edit[], parameters: readonly string[]): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--experimental-vm-modules', JEST, ...parameters], {
      cwd: ROOT,
      env: { ...process.env, MUTATION: JSON.stringify(edits) },
      stdio: 'ignore',
    });
    let isEndless = false;
    const watch = setTimeout(() => {
      isEndless = true;
      child.kill('SIGKILL');
    }, STANDSTILL_MS);
    child.once('error', reject);
    child.once('close', (_, signal) => {
      clearTimeout(watch);
      if (signal === null || isEndless) resolve(!isEndless);
      else reject(new Error(`jest was ended by ${signal}.`));
    });
  });

/**
 * Runs unit tests against sources with the edits.
 * @param tests pattern of their paths
 * @throws Error when they did not run to their end: that says nothing of the mutation
 */
export const runJest = async (edits: readonly Edit[], tests: string): Promise<Verdict> => {
  const folder = await mkdtemp(join(tmpdir(), 'mutation-'));
  const report = join(folder, 'report.json');
  try {
    const hasEnded = await run(edits, [...OPTIONS, `--outputFile=${report}`, tests]);
    if (!hasEnded) return { kind: 'caught', after: undefined, problem: 'It does not end.' };
    return jestVerdict(await readFile(report, 'utf8'));
  } finally {
    await rm(folder, { recursive: true });
  }
};
