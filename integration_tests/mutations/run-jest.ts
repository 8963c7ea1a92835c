import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Verdict } from './hunt.ts';
import type { Edit } from './mutation.ts';

const ROOT = join(import.meta.dirname, '../..');
const JEST = join(ROOT, 'node_modules/jest/bin/jest.js');
const CONFIG = join(ROOT, 'scripts/mutating-jest.config.js');

/** Runs unit tests against sources with the edits. @param tests pattern of their paths */
export const runJest = (edits: readonly Edit[], tests: string): Promise<Verdict> =>
  new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ['--experimental-vm-modules', JEST, '--config', CONFIG, '--ci', '--runInBand', tests],
      {
        cwd: ROOT,
        env: { ...process.env, MUTATION: JSON.stringify(edits) },
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
    });
    child.once('error', reject);
    child.once('close', () => {
      const problem = /^\s+● (?<name>.*)$/m.exec(said)?.groups?.['name'];
      if (problem !== undefined) resolve({ kind: 'caught', after: undefined, problem });
      else if (/^Tests:.*passed/m.test(said)) resolve({ kind: 'survived', after: 0 });
      else reject(new Error(`jest did not run: ${said.slice(-1000)}`));
    });
  });
