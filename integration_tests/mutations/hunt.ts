import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { isJsonObject } from '../../src/foundation/json.ts';
import type { Pinned } from './schedule-of.ts';

/** What became of a mutation. */
export type Verdict =
  /** `after`: the number of the schedule; undefined for a unit test. */
  | { readonly kind: 'caught'; readonly after: number | undefined; readonly problem: string }
  | { readonly kind: 'survived'; readonly after: number };

interface HuntOptions {
  /** A bundle of `search.ts`. */
  readonly program: string;
  readonly pinned: Pinned;
  /** Numbers of the first schedule and of the last one. */
  readonly first: number;
  readonly last: number;
}

/** Longer than any schedule takes on a busy machine. */
const STANDSTILL_MS = 180_000;
/** What V8 says before it ends its process by a signal of its own. */
const OUT_OF_MEMORY = 'heap out of memory';

/**
 * Plays schedules in a process of its own until one shows a problem.
 * @throws Error when the process is killed from outside, or never begins: that says nothing of the mutation
 */
export const hunt = ({ program, pinned, first, last }: HuntOptions): Promise<Verdict> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, String(first), String(last), JSON.stringify(pinned)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let playing = 0;
    let verdict: Verdict | undefined;
    let complaint = '';
    const caught = (problem: string): void => {
      verdict ??= { kind: 'caught', after: playing, problem };
    };
    const giveUp = (): void => {
      caught('It does not end.');
      child.kill('SIGKILL');
    };
    let watch = setTimeout(giveUp, STANDSTILL_MS);
    createInterface(child.stdout).on('line', (line) => {
      const message: unknown = JSON.parse(line);
      if (!isJsonObject(message)) return;
      clearTimeout(watch);
      watch = setTimeout(giveUp, STANDSTILL_MS);
      if (typeof message['playing'] === 'number') playing = message['playing'];
      if (typeof message['problem'] === 'string') caught(message['problem']);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      complaint += chunk.toString('utf8');
    });
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(watch);
      if (verdict === undefined && code !== 0) {
        const lastWords = complaint
          .trim()
          .split('\n')
          .slice(-8)
          .join(' ')
          // Where it lies on this machine is no news.
          .replaceAll(/(?:file:\/\/)?\/\S*\/(?=node_modules\/)/g, '')
          .slice(0, 300);
        // A promise that nobody caught, or no memory left. Anything else is no finding: somebody killed it, or it never began.
        const isOwnDeath = signal === null || complaint.includes(OUT_OF_MEMORY);
        if (!isOwnDeath || playing === 0) {
          reject(
            new Error(`The search ended early (${signal ?? `exit code ${String(code)}`}): ${lastWords}`),
          );
          return;
        }
        caught(`The process dies: ${lastWords}`);
      }
      resolve(verdict ?? { kind: 'survived', after: last });
    });
  });
