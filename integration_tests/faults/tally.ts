import type { Report } from './carry-out.ts';
import type { Place } from './task.ts';

/** What a search has done so far. */
export interface Tally {
  readonly add: (report: Report) => void;
  readonly schedules: () => number;
  readonly failures: () => number;
  readonly lines: (realMs: number) => readonly string[];
}

const DAY_MS = 86_400_000;
const MEBIBYTE = 1024 * 1024;
const COLUMNS = 3;
const COLUMN_WIDTH = 34;
const count = (number: number): string => Math.round(number).toLocaleString('en-US');

/** Names with numbers, the most frequent first, beside each other. */
const inColumns = (counts: ReadonlyMap<string, number>): readonly string[] => {
  const cells = [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([name, times]) => `  ${name.padEnd(22)} ${count(times).padStart(7)}`.padEnd(COLUMN_WIDTH));
  const rows = Math.ceil(cells.length / COLUMNS);
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: COLUMNS }, (__, column) => cells[row + column * rows] ?? '')
      .join('')
      .trimEnd(),
  );
};

export const createTally = (): Tally => {
  const places = new Map<Place, number>();
  const done = new Map<string, number>();
  const sums = { attempts: 0, requests: 0, virtualMs: 0, failures: 0, peakBytes: 0 };
  const schedules = (): number => [...places.values()].reduce((sum, number) => sum + number, 0);
  return {
    add: (report) => {
      const { task, problems } = report;
      places.set(task.place, (places.get(task.place) ?? 0) + 1);
      sums.attempts += report.attempts;
      sums.requests += report.requests;
      sums.virtualMs += report.virtualMs;
      sums.failures += problems.length > 0 ? 1 : 0;
      sums.peakBytes = Math.max(sums.peakBytes, report.peakBytes);
      for (const [name, times] of Object.entries(report.done)) done.set(name, (done.get(name) ?? 0) + times);
    },
    schedules,
    failures: () => sums.failures,
    lines: (realMs) => [
      'what happened, and how often:',
      ...inColumns(done),
      '',
      `schedules      ${count(schedules())} (${[...places].map(([place, n]) => `${count(n)} ${place}`).join(', ')})`,
      `attempts       ${count(sums.attempts)}`,
      `requests       ${count(sums.requests)}`,
      `virtual time   ${count(sums.virtualMs / DAY_MS)} days`,
      `real time      ${count(realMs / 1000)} s`,
      `peak memory    ${count(sums.peakBytes / MEBIBYTE)} MiB in a worker`,
      `failures       ${count(sums.failures)}`,
    ],
  };
};
