import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Verdict } from './hunt.ts';
import { jestVerdict } from './jest-verdict.ts';
import type { Edit } from './mutation.ts';

const ROOT = join(import.meta.dirname, '../..');
const JEST = join(ROOT, 'node_modules/jest/bin/jest.js');
const CONFIG = join(ROOT, 'scripts/mutating-jest.config.js');
/** A busy machine is no finding. */
const TIMEOUT_MS = 60_000;
const OPTIONS = ['--ci', '--runInBand', '--bail', '--json', `--testTimeout=${TIMEOUT_MS}`];

/**
 * Runs unit tests against sources with the edits.
 * @param tests pattern of their paths
 * @throws Error when they did not run to their end: that says nothing of the mutation
 */
export const runJest = (edits: readonly Edit[], tests: string): Promise<Verdict> =>
  new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ['--experimental-vm-modules', JEST, '--config', CONFIG, ...OPTIONS, tests],
      {
        cwd: ROOT,
        env: { ...process.env, MUTATION: JSON.stringify(edits) },
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    );
    let report = '';
    child.stdout.on('data', (chunk: Buffer) => {
      report += chunk.toString('utf8');
    });
    child.once('error', reject);
    child.once('close', (_, signal) => {
      try {
        if (signal !== null) throw new Error(`jest was ended by ${signal}`);
        resolve(jestVerdict(report));
      } catch (thrown) {
        reject(thrown instanceof Error ? thrown : new Error(String(thrown)));
      }
    });
  });
