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

/** Plays schedules in a process of its own until one shows a problem. */
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
    child.once('close', (code) => {
      clearTimeout(watch);
      // A promise that nobody caught, or no memory left.
      if (code !== 0)
        caught(`The process dies: ${complaint.trim().split('\n').slice(-8).join(' ').slice(0, 300)}`);
      resolve(verdict ?? { kind: 'survived', after: last });
    });
  });
