import { type ChildProcess, fork } from 'node:child_process';
import { isJsonObject } from '../../src/foundation/json.ts';
import type { Report } from './carry-out.ts';
import type { Task } from './task.ts';

/** Longer than any schedule takes, and making one small. */
const LONGEST_MS = 180_000;

const isReport = (message: unknown): message is Report =>
  isJsonObject(message) && isJsonObject(message['task']) && Array.isArray(message['problems']);

/** The worker died, which is a finding like any other. */
const obituary = (task: Task, cause: string): Report => ({
  task,
  problems: [`its worker ended (${cause})`],
  attempts: 0,
  requests: 0,
  virtualMs: 0,
  done: {},
  peakBytes: 0,
});

const carriedOutBy = (worker: ChildProcess, task: Task): Promise<Report> =>
  new Promise((resolve) => {
    const timer = AbortSignal.timeout(LONGEST_MS);
    timer.onabort = () => void worker.kill('SIGKILL');
    const end = (report: Report): void => {
      timer.onabort = null;
      worker.removeAllListeners();
      resolve(report);
    };
    worker.once('message', (message) => {
      if (isReport(message)) end(message);
    });
    worker.once('exit', (code, signal) => {
      end(obituary(task, signal ?? `exit code ${String(code)}`));
    });
    worker.send(task);
  });

const isAlive = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode === null && signalCode === null;

interface PoolOptions {
  /** The program of a worker. */
  readonly program: string;
  readonly workers: number;
  readonly onReport: (report: Report) => void;
}

/** Has each task carried out by the next worker that is free, in processes of their own. */
export const carryOutAll = async (
  tasks: Iterator<Task>,
  { program, workers, onReport }: PoolOptions,
): Promise<void> => {
  const work = async (): Promise<void> => {
    let worker: ChildProcess | undefined;
    for (let next = tasks.next(); next.done !== true; next = tasks.next()) {
      worker = worker !== undefined && isAlive(worker) ? worker : fork(program);
      onReport(await carriedOutBy(worker, next.value));
    }
    if (worker?.connected === true) worker.disconnect();
  };
  await Promise.all(Array.from({ length: workers }, work));
};
