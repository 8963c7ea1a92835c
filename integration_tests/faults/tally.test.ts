import { expect, test } from '@jest/globals';
import type { Report } from './carry-out.ts';
import { failureLines } from './failure-lines.ts';
import { createTally } from './tally.ts';

const report: Report = {
  task: { place: 'in process', seed: 7, mayShrink: true },
  problems: [],
  attempts: 3,
  requests: 1200,
  virtualMs: 2 * 86_400_000,
  done: { kill: 2, html: 5 },
  peakBytes: 100 * 1024 * 1024,
};
const failed: Report = {
  ...report,
  task: { place: 'as processes', seed: 9, mayShrink: true },
  problems: ['a row is missing', 'another one, too'],
  peakBytes: 50 * 1024 * 1024,
};

test('a search adds up what was done, and the largest memory of one worker', () => {
  const tally = createTally();
  tally.add(report);
  tally.add(failed);
  expect(tally.failures()).toBe(1);
  const text = tally.lines(61_000).join('\n');
  expect(text).toMatch(/html +10 +kill +4/);
  expect(text).toContain('schedules      2 (1 in process, 1 as processes)');
  expect(text).toContain('requests       2,400');
  expect(text).toContain('virtual time   4 days');
  expect(text).toContain('real time      61 s');
  expect(text).toContain('peak memory    100 MiB in a worker');
});

test('a failure says how it is played again where it was found', () => {
  expect(failureLines(failed)).toEqual([
    'FAILED seed 9, as processes: a row is missing',
    '  to play it again: npm run test:faults -- --schedules 0 --processes 1 --seed 9',
  ]);
  expect(failureLines(report)).toEqual([]);
});
