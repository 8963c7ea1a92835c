import { expect, test } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from './carry-out.ts';
import { carryOutAll } from './search-pool.ts';
import type { Task } from './task.ts';

/** Dies of seed 2, and reports every other. */
const WORKER = `process.on('message', (task) => {
  if (task.seed === 2) process.exit(3);
  process.send({ task, problems: [], attempts: 1, requests: 1, virtualMs: 0, done: {}, peakBytes: 0 });
});`;

test('a worker that dies is a failure of its task, and the others are carried out by another', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pool-'));
  const program = join(folder, 'worker.cjs');
  await writeFile(program, WORKER);
  const tasks = [1, 2, 3, 4].map((seed): Task => ({ place: 'in process', seed, mayShrink: false }));
  const reports: Report[] = [];
  await carryOutAll(tasks.values(), { program, workers: 1, onReport: (report) => void reports.push(report) });
  await rm(folder, { recursive: true });
  expect(reports.map(({ task, problems }) => [task.seed, problems])).toEqual([
    [1, []],
    [2, ['its worker ended (exit code 3)']],
    [3, []],
    [4, []],
  ]);
});
